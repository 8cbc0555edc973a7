//! What the box of Ctrl+K offers beside people: screens, actions, and the programmes of the open household.

import type { ReactNode } from "react";
import type { Session } from "../host";
import { useWork } from "../household/work";
import { pages } from "../pages";
import { HelpIcon, HomeIcon, LockIcon, PlusIcon, PrintIcon, SearchIcon } from "../parts/icons";
import { useScreening, useSignOut } from "../queries";
import { matches } from "../results/match";
import { go, type Place } from "../route";
import { useSpeech } from "../text";

export type PaletteCommand = {
  name: string;
  title: string;
  kind: string;
  Icon: () => ReactNode;
  fits: (wanted: string) => boolean;
  /** Whether it begins a new household, which the box itself does. */
  creates?: true;
  run: () => void;
};

export function useCommands(session: Session, place: Place): readonly PaletteCommand[] {
  const { t, language } = useSpeech();
  const { month } = useWork();
  const signOut = useSignOut();
  const household = place.at === "household" ? place.household : "";
  const screening = useScreening(household, month, language);
  const command = (
    name: string,
    title: string,
    kind: string,
    Icon: () => ReactNode,
    run: () => void,
  ): PaletteCommand => ({ name, title, kind, Icon, run, fits: (wanted) => matches(wanted, title) });
  const to = (place: Place) => () => go(place);
  const rows = household === "" ? [] : (screening.data?.results.rows ?? []);
  const programmes = rows.filter(
    (row, at) => rows.findIndex((other) => other.programme === row.programme) === at,
  );
  return [
    command("home", t.frame.households, t.find.screen, HomeIcon, to({ at: "find" })),
    ...pages
      .filter((page) => page.roles.includes(session.role))
      .map((page) =>
        command(
          page.name,
          page.title[language],
          t.find.screen,
          page.Icon,
          to({ at: "page", page: page.name, rest: [] }),
        ),
      ),
    command("help", t.frame.help, t.find.screen, HelpIcon, to({ at: "help" })),
    { ...command("create", t.find.create, t.find.action, PlusIcon, () => undefined), creates: true },
    ...(household === ""
      ? []
      : [
          command(
            "print",
            t.household.print,
            t.find.action,
            PrintIcon,
            to({ at: "household", household, view: { is: "print" } }),
          ),
        ]),
    command("sign-out", t.frame.signOut, t.find.action, LockIcon, () => signOut.mutate()),
    ...programmes.map(({ programme, title, person }) =>
      command(
        `programme ${programme}`,
        title,
        t.find.programme,
        SearchIcon,
        to({ at: "household", household, view: { is: "programme", programme, person } }),
      ),
    ),
  ];
}
