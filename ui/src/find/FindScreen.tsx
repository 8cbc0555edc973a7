//! The first screen after sign-in: one box, the recent households below it.

import type { Session } from "../host";
import { useText } from "../text";
import { Finder } from "./Finder";

export function FindScreen({ session }: { session: Session }) {
  const t = useText();
  return (
    <div className="page find">
      <h1>{t.find.title}</h1>
      <Finder session={session} onDone={() => undefined} />
    </div>
  );
}
