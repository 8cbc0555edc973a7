//! The screens of the rail beside finding a household and help: what each is called, who sees it, and what it shows.

import type { ComponentType, ReactNode } from "react";
import { BackupScreen } from "./backup/BackupScreen";
import { CalendarScreen } from "./day/CalendarScreen";
import { GapScreen } from "./day/GapScreen";
import { OverviewScreen } from "./day/OverviewScreen";
import { TodayScreen } from "./day/TodayScreen";
import { DossiersScreen } from "./dossier/DossiersScreen";
import { DraftsScreen } from "./drafts/DraftsScreen";
import type { Language, Role, Session, Status } from "./host";
import { IntakeScreen } from "./intake/IntakeScreen";
import { LogScreen } from "./keeping/LogScreen";
import { UsersScreen } from "./keeping/UsersScreen";
import { BatchScreen } from "./papers/BatchScreen";
import { CheckScreen } from "./papers/CheckScreen";
import {
  BackupIcon,
  CalendarIcon,
  CardIcon,
  ChartIcon,
  CheckIcon,
  DayIcon,
  DossierIcon,
  GapIcon,
  IntakeIcon,
  KeyIcon,
  LogIcon,
  PenIcon,
  PrintIcon,
  RulesIcon,
} from "./parts/icons";
import { ReleasesScreen } from "./releases/ReleasesScreen";
import { ScanScreen } from "./scan/ScanScreen";

/** A screen of the rail. */
export type Page = {
  /** Its place in the address: `#/NAME`. */
  name: string;
  title: Record<Language, string>;
  Icon: () => ReactNode;
  /** Who is shown the way to it. Whether they may do what it offers is decided by the casework. */
  roles: readonly Role[];
  Screen: ComponentType<PageProps>;
};

/** What a screen is given: the parts of the address behind its name say where in it one is. */
export type PageProps = { status: Status; session: Session; rest: readonly string[] };

export const pages: readonly Page[] = [
  {
    name: "today",
    title: { vi: "Hôm nay", en: "Today" },
    Icon: DayIcon,
    roles: ["officer", "supervisor"],
    Screen: TodayScreen,
  },
  {
    name: "scan",
    title: { vi: "Quét thẻ", en: "Scan a card" },
    Icon: CardIcon,
    roles: ["officer", "supervisor"],
    Screen: ScanScreen,
  },
  {
    name: "dossiers",
    title: { vi: "Hồ sơ đề nghị", en: "Dossiers" },
    Icon: DossierIcon,
    roles: ["officer", "supervisor"],
    Screen: DossiersScreen,
  },
  {
    name: "calendar",
    title: { vi: "Lịch vòng đời", en: "Life-cycle calendar" },
    Icon: CalendarIcon,
    roles: ["officer", "supervisor"],
    Screen: CalendarScreen,
  },
  {
    name: "gap",
    title: { vi: "Chưa được hưởng", en: "Not yet received" },
    Icon: GapIcon,
    roles: ["officer", "supervisor"],
    Screen: GapScreen,
  },
  {
    name: "overview",
    title: { vi: "Tổng quan xã", en: "Overview" },
    Icon: ChartIcon,
    roles: ["officer", "supervisor"],
    Screen: OverviewScreen,
  },
  {
    name: "papers",
    title: { vi: "In hàng loạt", en: "Print many" },
    Icon: PrintIcon,
    roles: ["officer", "supervisor"],
    Screen: BatchScreen,
  },
  {
    name: "check",
    title: { vi: "Kiểm thẻ", en: "Check a paper" },
    Icon: CheckIcon,
    roles: ["officer", "supervisor"],
    Screen: CheckScreen,
  },
  {
    name: "intake",
    title: { vi: "Nhập danh sách", en: "Bring in a list" },
    Icon: IntakeIcon,
    roles: ["officer", "supervisor"],
    Screen: IntakeScreen,
  },
  {
    name: "users",
    title: { vi: "Người dùng", en: "Users" },
    Icon: KeyIcon,
    roles: ["supervisor"],
    Screen: UsersScreen,
  },
  {
    name: "audit",
    title: { vi: "Nhật ký", en: "Log" },
    Icon: LogIcon,
    roles: ["supervisor"],
    Screen: LogScreen,
  },
  {
    name: "backup",
    title: { vi: "Sao lưu", en: "Backup" },
    Icon: BackupIcon,
    roles: ["supervisor"],
    Screen: BackupScreen,
  },
  {
    name: "rules",
    title: { vi: "Bộ quy tắc", en: "Rules" },
    Icon: RulesIcon,
    roles: ["officer", "supervisor"],
    Screen: ReleasesScreen,
  },
  {
    name: "drafts",
    title: { vi: "Soạn quy tắc", en: "Write rules" },
    Icon: PenIcon,
    roles: ["supervisor"],
    Screen: DraftsScreen,
  },
];

export function pageNamed(name: string): Page | undefined {
  return pages.find((page) => page.name === name);
}
