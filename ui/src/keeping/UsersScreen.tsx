//! Who may sign in: a list, and what a supervisor may do to each. Nobody is deleted, because names stand in the log.

import { type FormEvent, useState } from "react";
import { formatMoment } from "../format";
import { isLongEnough } from "../gate/password";
import type { Account, Role } from "../host";
import type { PageProps } from "../pages";
import { Dialog } from "../parts/Dialog";
import { Field } from "../parts/Field";
import { KeyIcon, PlusIcon } from "../parts/icons";
import { Failed, Loading } from "../parts/Waiting";
import { useText, useTextOf } from "../text";
import {
  useAddUser,
  useChangePassword,
  useDeactivateUser,
  useNewPassword,
  useNewRecoveryKey,
  useReactivateUser,
  useUsers,
} from "./queries";
import { text } from "./text";

type Asked =
  | { is: "add" }
  | { is: "password"; account: Account }
  | { is: "deactivate"; account: Account }
  | { is: "reactivate"; account: Account }
  | { is: "own" }
  | { is: "recovery" };

export function UsersScreen({ session }: PageProps) {
  const t = useTextOf(text);
  const shared = useText();
  const users = useUsers();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [said, setSaid] = useState("");
  const close = (what = "") => {
    setSaid(what);
    setAsked(null);
  };
  return (
    <div className="page keeping">
      <div className="page-head">
        <h1>{t.users}</h1>
        <div className="actions">
          <button type="button" onClick={() => setAsked({ is: "own" })}>
            {t.changeOwn}
          </button>
          <button type="button" onClick={() => setAsked({ is: "recovery" })}>
            <KeyIcon />
            {t.newRecovery}
          </button>
          <button type="button" className="main-action" onClick={() => setAsked({ is: "add" })}>
            <PlusIcon />
            {t.addUser}
          </button>
        </div>
      </div>
      <p className="quiet">{t.usersHint}</p>
      <p role="status" className={said ? "notice" : "unseen"}>
        {said}
      </p>
      {users.isPending && <Loading />}
      {users.error && <Failed title={t.users} error={users.error} retry={() => void users.refetch()} />}
      {users.data && (
        <div className="sheet">
          <table className="lines">
            <thead>
              <tr>
                <th scope="col">{t.name}</th>
                <th scope="col">{t.userName}</th>
                <th scope="col">{t.role}</th>
                <th scope="col">{t.state}</th>
                <th scope="col">{t.actions}</th>
              </tr>
            </thead>
            <tbody>
              {users.data.accounts.map((account) => (
                <tr key={account.user}>
                  <th scope="row">{account.name}</th>
                  <td>{account.user}</td>
                  <td>{shared.roles[account.role]}</td>
                  <td>
                    {account.deactivated_at === null
                      ? t.activeSince(formatMoment(account.since))
                      : t.deactivatedAt(formatMoment(account.deactivated_at))}
                  </td>
                  <td>
                    <div className="actions">
                      {account.deactivated_at === null ? (
                        <>
                          <button
                            type="button"
                            className="small"
                            aria-label={`${t.newPassword}: ${account.name}`}
                            onClick={() => setAsked({ is: "password", account })}
                          >
                            {t.newPassword}
                          </button>
                          {account.user !== session.user && (
                            <button
                              type="button"
                              className="small"
                              aria-label={`${t.deactivate}: ${account.name}`}
                              onClick={() => setAsked({ is: "deactivate", account })}
                            >
                              {t.deactivate}
                            </button>
                          )}
                        </>
                      ) : (
                        <button
                          type="button"
                          className="small"
                          aria-label={`${t.reactivate}: ${account.name}`}
                          onClick={() => setAsked({ is: "reactivate", account })}
                        >
                          {t.reactivate}
                        </button>
                      )}
                    </div>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {asked?.is === "add" && <AddUser onClose={close} />}
      {asked?.is === "password" && <NewPassword account={asked.account} again={false} onClose={close} />}
      {asked?.is === "reactivate" && <NewPassword account={asked.account} again onClose={close} />}
      {asked?.is === "deactivate" && <Deactivate account={asked.account} onClose={close} />}
      {asked?.is === "own" && <OwnPassword onClose={close} />}
      {asked?.is === "recovery" && <NewRecovery onClose={close} />}
    </div>
  );
}

type Closing = { onClose: (said?: string) => void };

function AddUser({ onClose }: Closing) {
  const t = useTextOf(text);
  const shared = useText();
  const add = useAddUser();
  const [name, setName] = useState("");
  const [user, setUser] = useState("");
  const [role, setRole] = useState<Role>("officer");
  const [password, setPassword] = useState("");
  const [checked, setChecked] = useState(false);
  const missing = (value: string) => (checked && value.trim() === "" ? shared.required : undefined);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (!name.trim() || !user.trim() || !isLongEnough(password) || add.isPending) return;
    const done = await add.mutateAsync({ name, user, role, password }).catch(() => null);
    if (done) onClose(t.added(name));
  }

  return (
    <Dialog title={t.addUser} onClose={() => onClose()}>
      <form onSubmit={submit} noValidate>
        <Field label={t.name} hint={t.nameHint} error={missing(name)}>
          {(wiring) => <input {...wiring} value={name} onChange={(event) => setName(event.target.value)} />}
        </Field>
        <Field label={t.userName} error={missing(user)}>
          {(wiring) => (
            <input
              {...wiring}
              value={user}
              autoComplete="off"
              onChange={(event) => setUser(event.target.value)}
            />
          )}
        </Field>
        <Field label={t.role}>
          {(wiring) => (
            <select {...wiring} value={role} onChange={(event) => setRole(event.target.value as Role)}>
              <option value="officer">{shared.roles.officer}</option>
              <option value="supervisor">{shared.roles.supervisor}</option>
            </select>
          )}
        </Field>
        <PasswordField label={t.firstPassword} value={password} onValue={setPassword} checked={checked} />
        {add.error && <Failed title={t.notDone} error={add.error} />}
        <button type="submit" className="main-action" aria-disabled={add.isPending}>
          {t.addUser}
        </button>
      </form>
    </Dialog>
  );
}

function NewPassword({ account, again, onClose }: Closing & { account: Account; again: boolean }) {
  const t = useTextOf(text);
  const renew = useNewPassword();
  const reactivate = useReactivateUser();
  const change = again ? reactivate : renew;
  const [password, setPassword] = useState("");
  const [checked, setChecked] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (!isLongEnough(password) || change.isPending) return;
    const done = await change.mutateAsync({ user: account.user, password }).catch(() => null);
    if (done) onClose(again ? t.reactivated(account.name) : t.renewed(account.name));
  }

  const title = again ? t.reactivate : t.newPassword;
  return (
    <Dialog title={`${title}: ${account.name}`} onClose={() => onClose()}>
      <form onSubmit={submit} noValidate>
        <PasswordField label={t.newPassword} value={password} onValue={setPassword} checked={checked} />
        {change.error && <Failed title={t.notDone} error={change.error} />}
        <button type="submit" className="main-action" aria-disabled={change.isPending}>
          {title}
        </button>
      </form>
    </Dialog>
  );
}

function Deactivate({ account, onClose }: Closing & { account: Account }) {
  const t = useTextOf(text);
  const deactivate = useDeactivateUser();

  async function submit(event: FormEvent) {
    event.preventDefault();
    const done = await deactivate.mutateAsync({ user: account.user }).catch(() => null);
    if (done) onClose(t.deactivated(account.name));
  }

  return (
    <Dialog title={`${t.deactivate}: ${account.name}`} onClose={() => onClose()}>
      <form onSubmit={submit}>
        <p>{t.deactivateHint}</p>
        {deactivate.error && <Failed title={t.notDone} error={deactivate.error} />}
        <button type="submit" className="main-action" aria-disabled={deactivate.isPending}>
          {t.deactivate}
        </button>
      </form>
    </Dialog>
  );
}

function OwnPassword({ onClose }: Closing) {
  const t = useTextOf(text);
  const change = useChangePassword();
  const [old, setOld] = useState("");
  const [password, setPassword] = useState("");
  const [checked, setChecked] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (!isLongEnough(password) || change.isPending) return;
    const done = await change.mutateAsync({ old, new: password }).catch(() => null);
    if (done) onClose(t.ownChanged);
  }

  return (
    <Dialog title={t.changeOwn} onClose={() => onClose()}>
      <form onSubmit={submit} noValidate>
        <Field label={t.oldPassword}>
          {(wiring) => (
            <input
              {...wiring}
              type="password"
              value={old}
              autoComplete="current-password"
              onChange={(event) => setOld(event.target.value)}
            />
          )}
        </Field>
        <PasswordField label={t.newPassword} value={password} onValue={setPassword} checked={checked} />
        {change.error && <Failed title={t.notDone} error={change.error} />}
        <button type="submit" className="main-action" aria-disabled={change.isPending}>
          {t.changeOwn}
        </button>
      </form>
    </Dialog>
  );
}

/** The key is shown once, and the dialog closes only when it is said to be written down. */
function NewRecovery({ onClose }: Closing) {
  const t = useTextOf(text);
  const shared = useText();
  const renew = useNewRecoveryKey();
  const [password, setPassword] = useState("");
  const [written, setWritten] = useState(false);
  const key = renew.data?.recovery_key;
  return (
    <Dialog title={t.newRecovery} onClose={() => (key === undefined || written) && onClose()}>
      {key === undefined ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (!renew.isPending) renew.mutate({ password });
          }}
        >
          <p>{t.newRecoveryHint}</p>
          <Field label={t.oldPassword}>
            {(wiring) => (
              <input
                {...wiring}
                type="password"
                value={password}
                autoComplete="current-password"
                onChange={(event) => setPassword(event.target.value)}
              />
            )}
          </Field>
          {renew.error && <Failed title={t.notDone} error={renew.error} />}
          <button type="submit" className="main-action" aria-disabled={renew.isPending}>
            {t.newRecovery}
          </button>
        </form>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (written) onClose(t.recoveryRenewed);
          }}
        >
          <p>{shared.gate.recoveryHint}</p>
          <output className="recovery-key" aria-label={shared.gate.recoveryTitle}>
            {key}
          </output>
          <label className="tick">
            <input type="checkbox" checked={written} onChange={(event) => setWritten(event.target.checked)} />
            {shared.gate.recoveryWritten}
          </label>
          <button type="submit" className="main-action" aria-disabled={!written}>
            {t.done}
          </button>
        </form>
      )}
    </Dialog>
  );
}

type PasswordProps = { label: string; value: string; onValue: (value: string) => void; checked: boolean };

function PasswordField({ label, value, onValue, checked }: PasswordProps) {
  const shared = useText();
  const error = checked && !isLongEnough(value) ? shared.failures.password_too_short({}) : undefined;
  return (
    <Field label={label} hint={shared.gate.passwordHint} error={error}>
      {(wiring) => (
        <input
          {...wiring}
          type="password"
          value={value}
          autoComplete="new-password"
          onChange={(event) => onValue(event.target.value)}
        />
      )}
    </Field>
  );
}
