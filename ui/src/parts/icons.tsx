//! The few drawings the interface uses. Each stands beside a word and is hidden from screen readers.

import type { ReactNode } from "react";
import type { ChangeBy, Standing, State } from "../host";

function Icon({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <svg className={`icon ${className ?? ""}`} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

const line = {
  fill: "none",
  stroke: "currentColor",
  strokeWidth: 1.8,
  strokeLinecap: "round",
  strokeLinejoin: "round",
} as const;

export const HomeIcon = () => (
  <Icon>
    <path {...line} d="M3 9.5 10 4l7 5.5M5 8.5V16h10V8.5M8.5 16v-4.5h3V16" />
  </Icon>
);

export const HelpIcon = () => (
  <Icon>
    <circle {...line} cx="10" cy="10" r="7" />
    <path {...line} d="M7.9 8a2.1 2.1 0 1 1 3 1.9c-.7.3-.9.8-.9 1.5" />
    <circle cx="10" cy="13.8" r="1" fill="currentColor" />
  </Icon>
);

export const IntakeIcon = () => (
  <Icon>
    <path {...line} d="M4 12v4h12v-4M10 3v9M6.5 8.500 10 12l3.5-3.500" />
  </Icon>
);

export const RulesIcon = () => (
  <Icon>
    <path {...line} d="M4 4.5c2-.9 4-.9 6 .5 2-1.4 4-1.4 6-.5v11c-2-.9-4-.9-6 .5-2-1.4-4-1.4-6-.5zM10 5v11" />
  </Icon>
);

export const DayIcon = () => (
  <Icon>
    <circle {...line} cx="10" cy="10" r="3.4" />
    <path
      {...line}
      d="M10 2.5v2M10 15.500v2M2.5 10h2M15.5 10h2M4.7 4.700l1.4 1.400M13.9 13.900l1.4 1.400M4.7 15.300l1.4-1.400M13.9 6.100l1.4-1.4"
    />
  </Icon>
);

export const CalendarIcon = () => (
  <Icon>
    <path {...line} d="M3.5 5h13v12h-13zM3.5 8.500h13M7 3v3.500M13 3v3.5" />
  </Icon>
);

export const GapIcon = () => (
  <Icon>
    <circle {...line} cx="10" cy="10" r="7" strokeDasharray="9 4" />
    <path {...line} d="M10 6.500v4M10 13.400v.2" />
  </Icon>
);

export const ChartIcon = () => (
  <Icon>
    <path {...line} d="M3 17h14M5.5 14V9.500M10 14V4.500M14.5 14V7.5" />
  </Icon>
);

export const SearchIcon = () => (
  <Icon>
    <circle {...line} cx="8.8" cy="8.8" r="5.3" />
    <path {...line} d="m13 13 4 4" />
  </Icon>
);

export const PlusIcon = () => (
  <Icon>
    <path {...line} d="M10 4v12M4 10h12" />
  </Icon>
);

export const PrintIcon = () => (
  <Icon>
    <path {...line} d="M6 8V3.5h8V8M6 14H3.5V8h13v6H14M6 12h8v4.5H6z" />
  </Icon>
);

export const LeftIcon = () => (
  <Icon>
    <path {...line} d="m12 4-6 6 6 6" />
  </Icon>
);

export const RightIcon = () => (
  <Icon>
    <path {...line} d="m8 4 6 6-6 6" />
  </Icon>
);

export const PenIcon = () => (
  <Icon>
    <path {...line} d="m4 16 .8-3.4L13.6 4l2.5 2.5-8.7 8.7z" />
  </Icon>
);

export const LockIcon = () => (
  <Icon>
    <path {...line} d="M4.5 9h11v8h-11zM7 9V6.5a3 3 0 0 1 6 0V9" />
  </Icon>
);

export const DiskIcon = () => (
  <Icon>
    <path {...line} d="m5 10.5 3.4 3.5L15 6.5" />
  </Icon>
);

export const WarnIcon = () => (
  <Icon>
    <path {...line} d="M10 3.5 17.5 16h-15zM10 8.5v3.5" />
    <circle cx="10" cy="14" r="1" fill="currentColor" />
  </Icon>
);

export const GlobeIcon = () => (
  <Icon>
    <circle {...line} cx="10" cy="10" r="7" />
    <path {...line} d="M3 10h14M10 3c2.4 2.1 3 4.4 3 7s-.6 4.9-3 7c-2.4-2.1-3-4.4-3-7s.6-4.9 3-7z" />
  </Icon>
);

export const KeyIcon = () => (
  <Icon>
    <circle {...line} cx="6.5" cy="13.5" r="3.5" />
    <path {...line} d="M9 11l7.5-7.5M13 7l2.5 2.5M16 4l1.5 1.5" />
  </Icon>
);

export const LogIcon = () => (
  <Icon>
    <path {...line} d="M5 3.5h10v13H5zM7.5 7h5M7.5 10h5M7.5 13h3" />
  </Icon>
);

export const BackupIcon = () => (
  <Icon>
    <path {...line} d="M4 3.5h9.5L16.500 6.500V16.500H4zM7 3.500v4h5v-4M7 16.500v-5h6.500v5" />
  </Icon>
);

export const HouseholdIcon = () => (
  <Icon>
    <circle {...line} cx="7" cy="7" r="2.6" />
    <circle {...line} cx="14" cy="8.5" r="2" />
    <path {...line} d="M2.5 16c.3-3 2-4.5 4.5-4.5s4.2 1.5 4.5 4.5M13 12.5c2.5-.3 4.2 1 4.5 3.5" />
  </Icon>
);

export const CheckIcon = () => (
  <Icon>
    <path {...line} d="M3 3h5v5H3zM12 3h5v5h-5zM3 12h5v5H3zM11.5 14.5l2 2 3.500-4" />
  </Icon>
);

export const DossierIcon = () => (
  <Icon>
    <path {...line} d="M3 5.5h5l1.5 2H17v9H3zM6.5 11h7M6.5 13.5h4.5" />
  </Icon>
);

/** Yes ✓, no ✗, not known ?. */
export function StateIcon({ state }: { state: State }) {
  switch (state) {
    case "yes":
      return (
        <Icon className="state-yes">
          <circle cx="10" cy="10" r="8.5" fill="currentColor" />
          <path
            d="m6.3 10.3 2.5 2.6 5-5.6"
            fill="none"
            stroke="#fff"
            strokeWidth="2"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </Icon>
      );
    case "no":
      return (
        <Icon className="state-no">
          <rect x="1.8" y="1.8" width="16.4" height="16.4" rx="4" fill="currentColor" />
          <path
            d="m6.7 6.7 6.6 6.6m0-6.6-6.6 6.6"
            fill="none"
            stroke="#fff"
            strokeWidth="2"
            strokeLinecap="round"
          />
        </Icon>
      );
    case "open":
      return (
        <Icon className="state-open">
          <path d="M10 1.2 18.8 10 10 18.8 1.2 10z" fill="currentColor" />
          <path
            d="M8 8.3a2 2 0 1 1 2.9 1.8c-.7.4-.9.7-.9 1.3"
            fill="none"
            stroke="#fff"
            strokeWidth="1.7"
            strokeLinecap="round"
          />
          <circle cx="10" cy="13.6" r="1.050" fill="#fff" />
        </Icon>
      );
  }
}

/** One shape per standing, so that none is told by colour alone. */
export function StandingIcon({ standing }: { standing: Standing }) {
  switch (standing) {
    case "can_apply":
      return <StateIcon state="yes" />;
    case "receiving":
      return (
        <Icon className="standing-receiving">
          <rect x="1.5" y="4.5" width="17" height="11" rx="2" fill="currentColor" />
          <circle cx="10" cy="10" r="2.7" fill="none" stroke="#fff" strokeWidth="1.6" />
          <path d="M4.5 10h.1M15.4 10h.1" stroke="#fff" strokeWidth="2" strokeLinecap="round" />
        </Icon>
      );
    case "needs_fact":
      return <StateIcon state="open" />;
    case "later":
      return (
        <Icon className="standing-later">
          <circle cx="10" cy="10" r="8.5" fill="currentColor" />
          <path
            d="M10 5.5V10l3 2"
            fill="none"
            stroke="#fff"
            strokeWidth="1.8"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </Icon>
      );
    case "no":
      return (
        <Icon className="standing-no">
          <circle {...line} cx="10" cy="10" r="7.5" />
          <path {...line} d="M6.5 10h7" />
        </Icon>
      );
    case "not_computed":
      return (
        <Icon className="standing-not_computed">
          <path d="M10 2 19 17.5H1z" fill="currentColor" />
          <path d="M10 8v4" stroke="#fff" strokeWidth="1.8" strokeLinecap="round" />
          <circle cx="10" cy="14.6" r="1.050" fill="#fff" />
        </Icon>
      );
  }
}

export function ChangeIcon({ by }: { by: ChangeBy }) {
  switch (by) {
    case "date":
      return <StandingIcon standing="later" />;
    case "paper":
      return (
        <Icon>
          <path {...line} d="M5 2.5h7l3.5 3.5v11.5H5zM12 2.5V6h3.5M7.5 10h5.5M7.5 13h5.5" />
        </Icon>
      );
    case "correction":
      return <PenIcon />;
    case "find_out":
      return <SearchIcon />;
    case "never":
      return <StandingIcon standing="no" />;
  }
}

export const CardIcon = () => (
  <Icon>
    <rect {...line} x="2.5" y="4.5" width="15" height="11" rx="1.5" />
    <circle {...line} cx="7" cy="9" r="1.7" />
    <path {...line} d="M4.8 13c.4-1.4 3.9-1.4 4.4 0M11.5 8h3.5M11.5 11.5h3.5" />
  </Icon>
);

export const MoveIcon = () => (
  <Icon>
    <path {...line} d="M3 7h11m-3-3 3 3-3 3M17 13H6m3-3-3 3 3 3" />
  </Icon>
);
