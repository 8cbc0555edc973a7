//! Who somebody is: one of the known users, or a name to be typed where they are too many.

import type { Status } from "../host";
import { Field } from "../parts/Field";
import { useText } from "../text";

const mostChoices = 8;

export function WhoFields({ status, user, onUser }: WhoProps) {
  const t = useText();
  if (status.users.length > 0 && status.users.length <= mostChoices) {
    return (
      <fieldset className="who">
        <legend>{t.gate.who}</legend>
        {status.users.map((each) => (
          <label key={each.user} className="who-choice">
            <input
              type="radio"
              name="user"
              value={each.user}
              checked={each.user === user}
              onChange={() => onUser(each.user)}
            />
            <span>
              <b>{each.name}</b>
              <span className="quiet">
                {t.roles[each.role]} · {each.user}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
    );
  }
  return (
    <Field label={t.gate.user}>
      {(wiring) => (
        <input
          {...wiring}
          value={user}
          autoComplete="username"
          onChange={(event) => onUser(event.target.value)}
        />
      )}
    </Field>
  );
}

type WhoProps = { status: Status; user: string; onUser: (user: string) => void };
