//! Decides what is on the screen: the gate, or the frame with one place inside it.

import { useEffect } from "react";
import { FindScreen } from "./find/FindScreen";
import { Frame } from "./frame/Frame";
import { HelpScreen } from "./frame/HelpScreen";
import { Gate } from "./gate/Gate";
import type { Session, Status } from "./host";
import { HouseholdScreen } from "./household/HouseholdScreen";
import { WorkProvider } from "./household/work";
import { pageNamed } from "./pages";
import { Loading } from "./parts/Waiting";
import { useStatus } from "./queries";
import { usePlace } from "./route";
import { useText } from "./text";

export function App() {
  const t = useText();
  const status = useStatus();
  useEffect(() => {
    document.title = t.app;
  }, [t]);
  if (status.isPending) return <Loading />;
  if (status.data?.gate === "open" && status.data.session) {
    return <Open status={status.data} session={status.data.session} />;
  }
  return <Gate status={status} />;
}

function Open({ status, session }: { status: Status; session: Session }) {
  const place = usePlace();
  const page = place.at === "page" ? pageNamed(place.page) : undefined;
  const isAtFind = place.at === "find" || (place.at === "page" && page === undefined);
  return (
    <WorkProvider key={session.user} today={status.today}>
      <Frame status={status} session={session} place={place}>
        {isAtFind && <FindScreen session={session} />}
        {place.at === "page" && page && <page.Screen status={status} session={session} rest={place.rest} />}
        {place.at === "help" && <HelpScreen status={status} />}
        {place.at === "household" && (
          <HouseholdScreen key={place.household} household={place.household} view={place.view} />
        )}
      </Frame>
    </WorkProvider>
  );
}
