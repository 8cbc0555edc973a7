//! What a household receives and what it has applied for, beside its roster.

import { formatMoment, formatMonth, formatNumber } from "../format";
import type { Receipt } from "../host";
import { StandingIcon, WarnIcon } from "../parts/icons";
import { Failed } from "../parts/Waiting";
import { toHash } from "../route";
import { useSpeech, useTextOf } from "../text";
import { useDossiersOf } from "./queries";
import { text } from "./text";
import { clockText, urgency } from "./words";

export function HouseholdDossiers({ household }: { household: string }) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const found = useDossiersOf(household, language);
  if (found.isError) {
    return <Failed title={t.failed} error={found.error} retry={() => void found.refetch()} />;
  }
  const { lines, receipts } = found.data ?? { lines: [], receipts: [] };
  return (
    <div className="household-dossiers">
      {receipts.length > 0 && (
        <section aria-label={t.receipts}>
          <h2>{t.receipts}</h2>
          <ul>
            {receipts.map((receipt) => (
              <li key={`${receipt.programme} ${receipt.person ?? ""} ${receipt.dossier ?? ""}`}>
                <StandingIcon standing="receiving" />
                <span>
                  {receipt.title} <span className="quiet">{aboutReceipt(receipt)}</span>
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {lines.length > 0 && (
        <section aria-label={t.ofHousehold}>
          <h2>{t.ofHousehold}</h2>
          <ul>
            {lines.map((line) => (
              <li key={line.dossier}>
                <a
                  href={toHash({
                    at: "household",
                    household,
                    view: { is: "dossier", dossier: line.dossier },
                  })}
                >
                  {line.title} · {line.who}
                </a>
                <span className="quiet">
                  {t.state[line.state]}
                  {urgency(line.clock.state) !== "calm" && (
                    <span className={`clock-word clock-${urgency(line.clock.state)}`}>
                      <WarnIcon />
                      {clockText(line.clock, t)}
                    </span>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );

  function aboutReceipt(receipt: Receipt): string {
    return [
      receipt.who,
      receipt.amount === null ? "" : t.granted(formatNumber(String(receipt.amount), language)),
      receipt.since === null ? "" : t.since(formatMonth(receipt.since)),
      receipt.since === null && receipt.recorded_at !== null
        ? t.recorded(formatMoment(receipt.recorded_at))
        : "",
    ]
      .filter(Boolean)
      .join(" · ");
  }
}
