//! Numbers, telephone and presence, as a part of the form of a person.

import { formatDay } from "../format";
import type { Identity } from "../host";
import { Field } from "../parts/Field";
import { text } from "../scan/text";
import { useTextOf } from "../text";

/** Of whom nothing is known yet. */
export const nobody: Identity = {
  id_number: "",
  old_id_number: "",
  phone: "",
  is_away: false,
  away_since: null,
  card: null,
};

export function IdentityFields({ identity, onChange, awaySince, onAwaySince, sentence }: IdentityProps) {
  const t = useTextOf(text);
  const { card } = identity;
  return (
    <fieldset className="identity">
      <legend>{t.identity}</legend>
      <p className="hint">{t.identityHint}</p>
      <div className="columns">
        <Field label={t.labels.id_number} error={sentence("id_number")}>
          {(wiring) => (
            <input
              {...wiring}
              name="id_number"
              autoComplete="off"
              inputMode="numeric"
              value={identity.id_number}
              onChange={(event) => onChange({ ...identity, id_number: event.target.value })}
            />
          )}
        </Field>
        <Field label={t.phone}>
          {(wiring) => (
            <input
              {...wiring}
              name="phone"
              autoComplete="off"
              inputMode="tel"
              value={identity.phone}
              onChange={(event) => onChange({ ...identity, phone: event.target.value })}
            />
          )}
        </Field>
      </div>
      <label className="tick">
        <input
          type="checkbox"
          checked={identity.is_away}
          onChange={(event) => onChange({ ...identity, is_away: event.target.checked })}
        />
        {t.isAway}
      </label>
      {identity.is_away && (
        <Field label={t.awaySince} hint={t.awayHint} error={sentence("away")}>
          {(wiring) => (
            <input
              {...wiring}
              name="away"
              autoComplete="off"
              value={awaySince}
              onChange={(event) => onAwaySince(event.target.value)}
            />
          )}
        </Field>
      )}
      {card && (
        <p className="quiet">
          {card.address !== "" && `${t.card(card.address)} · `}
          {t.cardSeen(formatDay(card.seen_on))}
        </p>
      )}
    </fieldset>
  );
}

type IdentityProps = {
  identity: Identity;
  onChange: (identity: Identity) => void;
  awaySince: string;
  onAwaySince: (text: string) => void;
  sentence: (field: string) => string | undefined;
};
