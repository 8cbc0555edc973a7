//! Where a file went: written, downloaded, or not at all.

import type { ReactNode } from "react";
import { hasWindow, type OutFile } from "../host";
import { useText } from "../text";
import { StateIcon, WarnIcon } from "./icons";

export function Saved({ file, children }: { file: OutFile; children?: ReactNode }) {
  const t = useText();
  const where =
    file.saved_to !== null
      ? t.saved.to(file.saved_to)
      : hasWindow()
        ? t.saved.cancelled
        : t.saved.downloaded(file.file_name);
  const isKept = file.saved_to !== null || !hasWindow();
  return (
    <div className={isKept ? "outcome good" : "outcome"} role="status">
      <p>
        {isKept ? <StateIcon state="yes" /> : <WarnIcon />}
        {where}
      </p>
      {children}
    </div>
  );
}
