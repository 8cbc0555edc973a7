//! The log of everything that was done: read, checked, and taken along as a file.

use std::sync::Arc;

use ansinh_store::{AuditChain, AuditFilter, AuditLine, Store};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::clock;
use crate::office::tidy;
use crate::session::Session;
use crate::table;
use crate::wire::{AuditCheck, AuditFile, AuditPage, AuditRequest, AuditRow, Failure, JobStarted, OutFile};

const PAGE: u32 = 100;
/// More than a commune writes in years; a file beyond it would not open in a spreadsheet.
const MOST_EXPORTED: u32 = 1_000_000;

impl Session {
    pub(crate) async fn audit(&self, request: AuditRequest) -> Result<AuditPage, Failure> {
        let filter = filter(&self.store, &request).await?;
        let nothing = filter.is_none();
        let mut lines = match filter {
            Some(filter) => self.store.audit_lines(&filter, PAGE + 1).await?,
            None => Vec::new(),
        };
        let page = usize::try_from(PAGE).unwrap_or(usize::MAX);
        let has_more = !nothing && lines.len() > page;
        lines.truncate(page);
        let accounts = self.store.accounts_ever().await?.into_iter();
        Ok(AuditPage {
            entries: lines.into_iter().map(row).collect(),
            has_more,
            actions: self.store.audit_actions().await?,
            users: accounts.map(|account| account.user.user_name).collect(),
        })
    }

    pub(crate) fn check_audit(&mut self) -> JobStarted {
        let store = Arc::clone(&self.store);
        self.jobs.start(|_| async move {
            Ok(match store.check_audit_chain().await? {
                AuditChain::Whole { n_entries } => AuditCheck {
                    n_entries,
                    broken_at: None,
                },
                AuditChain::Broken { at } => AuditCheck {
                    n_entries: 0,
                    broken_at: Some(at),
                },
            })
        })
    }

    pub(crate) async fn export_audit(&mut self, request: AuditRequest) -> Result<JobStarted, Failure> {
        let filter = filter(
            &self.store,
            &AuditRequest {
                before: None,
                ..request
            },
        )
        .await?;
        let (store, stamp) = (Arc::clone(&self.store), self.stamp());
        Ok(self.jobs.start(|_| async move {
            let lines = match filter {
                Some(filter) => store.audit_lines(&filter, MOST_EXPORTED).await?,
                None => Vec::new(),
            };
            let n_entries = lines.len();
            let bytes = table::csv(
                &["STT", "Lúc", "Ai", "Việc", "Hộ", "Người", "Đối tượng", "Chi tiết"],
                lines.into_iter().map(row).map(cells),
            )?;
            store
                .append_audit(&stamp, "export audit", "", &n_entries.to_string())
                .await?;
            Ok(AuditFile {
                file: OutFile::new(format!("nhat-ky-{}.csv", clock::today()), "text/csv", &bytes),
                n_entries,
            })
        }))
    }
}

/// Returns nothing where a household is asked for that is not there: nothing can fit.
async fn filter(store: &Store, request: &AuditRequest) -> Result<Option<AuditFilter>, Failure> {
    let said = |text: &Option<String>| text.as_deref().map(tidy).filter(|text| !text.is_empty());
    let household = match said(&request.number) {
        Some(number) => match store.household_numbered(&number).await? {
            Some(id) => Some(id),
            None => return Ok(None),
        },
        None => None,
    };
    Ok(Some(AuditFilter {
        by: said(&request.by),
        actions: said(&request.action).into_iter().collect(),
        household,
        person: None,
        from: beginning("$.from", said(&request.from).as_deref(), 0)?,
        until: beginning("$.until", said(&request.until).as_deref(), 1)?,
        before: request.before,
    }))
}

/// Returns when a day begins, or one some days later.
fn beginning(path: &str, day: Option<&str>, later: i64) -> Result<Option<Timestamp>, Failure> {
    let wrong = || Failure::bad_request(path, "cần một ngày như 2026-11-22", "expected a day such as 2026-11-22");
    day.map(|day| {
        let day: Date = day.parse().map_err(|_| wrong())?;
        let day = day.checked_add(jiff::Span::new().days(later)).map_err(|_| wrong())?;
        clock::beginning_of(day).ok_or_else(wrong)
    })
    .transpose()
}

pub(crate) fn row(line: AuditLine) -> AuditRow {
    let is_shown = line.household.is_some();
    AuditRow {
        seq: line.entry.seq,
        at: clock::whole_moment(line.entry.at),
        by: line.entry.by,
        action: line.entry.action,
        household: line.household.map(|id| id.to_string()),
        number: line.number,
        person: line.person,
        // An identifier says nothing to anybody where the household is named.
        subject: if is_shown { String::new() } else { line.entry.subject },
        detail: line.entry.detail,
    }
}

fn cells(row: AuditRow) -> Vec<String> {
    vec![
        row.seq.to_string(),
        row.at,
        row.by,
        row.action,
        row.number.unwrap_or_default(),
        row.person.unwrap_or_default(),
        row.subject,
        row.detail,
    ]
}
