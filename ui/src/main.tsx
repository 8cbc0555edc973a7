import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "@fontsource/be-vietnam-pro/400.css";
import "@fontsource/be-vietnam-pro/500.css";
import "@fontsource/be-vietnam-pro/600.css";
import "@fontsource/be-vietnam-pro/700.css";
import "./style/base.css";
import "./style/parts.css";
import "./style/frame.css";
import "./style/household.css";
import "./style/results.css";
import "./style/dossier.css";
import "./style/scan.css";
import "./style/releases.css";
import "./style/day.css";
import "./style/keeping.css";
import "./style/intake.css";
import "./style/rosters.css";
import "./style/drafts.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { App } from "./App";
import { hasWindow } from "./host";
import { repaintChangedText } from "./parts/repaint";
import { makeClient } from "./queries";
import { Speaking } from "./text";

const root = document.getElementById("root");
if (root) {
  if (hasWindow()) repaintChangedText(root);
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={makeClient()}>
        <Speaking>
          <App />
        </Speaking>
      </QueryClientProvider>
    </StrictMode>,
  );
}
