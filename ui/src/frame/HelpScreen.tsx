//! The key map, what the words mean, and what An Sinh is.

import type { Status } from "../host";
import { useText } from "../text";

export function HelpScreen({ status }: { status: Status }) {
  const t = useText();
  return (
    <div className="page help">
      <h1>{t.help.title}</h1>
      <div className="help-columns">
        <section>
          <h2>{t.help.keys}</h2>
          <table className="keys">
            <thead>
              <tr>
                <th scope="col">{t.help.key}</th>
                <th scope="col">{t.help.does}</th>
              </tr>
            </thead>
            <tbody>
              {t.help.keyList.map(([key, does]) => (
                <tr key={key}>
                  <th scope="row">
                    <kbd>{key}</kbd>
                  </th>
                  <td>{does}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <div>
          <section>
            <h2>{t.help.words}</h2>
            <dl className="words">
              {t.help.wordList.map(([word, meaning]) => (
                <div key={word}>
                  <dt>{word}</dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
          <section>
            <h2>{t.help.about}</h2>
            <p>{t.help.aboutText}</p>
            <p>{t.disclaimer}</p>
            <p>{status.signed_by === null ? t.help.builtIn : t.help.signed(status.signed_by)}</p>
            <p className="quiet">
              {t.help.version(status.version)} · {t.frame.release(status.release.id, status.release.number)}
            </p>
            <p className="quiet digest">{status.release.digest}</p>
          </section>
        </div>
      </div>
    </div>
  );
}
