//! Overlays: what a place puts over the national rules, and what it may not.
//!
//! An overlay fills open slots within their bound, adds groups to programmes that are open to them, and declares what is its
//! own. It redefines nothing national, and whatever it sets stands in a text of its own.

use rust_decimal::Decimal;

use crate::diagnostic::{Span, did_you_mean};
use crate::overlay::{Bound, Breach, Stretch, breaches, closed, first_common_day, pieces};
use crate::read::{At, Citation, DatedValue, FillFile, ParameterFile, RuleFiles, TermKind};
use crate::report::OverlayTag;
use crate::rules::{Dated, LocalValue, Overlay};
use crate::{read::FactKind, syntax::grouped};

use super::Compiler;

/// Returns the id of an overlay, or its folder where it has none.
pub(super) fn id_of(files: &RuleFiles, layer: usize) -> &str {
    files.overlays.get(layer).map_or("", |overlay| {
        let release = overlay.release.as_ref();
        release.map_or(overlay.folder.as_str(), |release| release.id.as_str())
    })
}

/// Returns who sets the rules of an overlay: `province`, `commune`; nothing where that was not said.
pub(super) fn level_of(files: &RuleFiles, layer: usize) -> &str {
    let release = files.overlays.get(layer).and_then(|overlay| overlay.release.as_ref());
    let area = release.and_then(|release| release.area.as_ref());
    area.map_or("", |area| area.level.as_str())
}

/// Whether one of the citations names an instrument that the overlay declares.
pub(super) fn cites_own_text(files: &RuleFiles, layer: usize, cites: &[At<Citation>]) -> bool {
    let declared = |wanted: Option<usize>| {
        let of = files
            .instruments
            .iter()
            .filter(move |instrument| files.layer(instrument.id.span) == wanted);
        of.map(|instrument| instrument.id.value.as_str()).collect::<Vec<_>>()
    };
    let (own, national) = (declared(Some(layer)), declared(None));
    let is_own = |id: &str| own.contains(&id) && !national.contains(&id);
    cites.iter().any(|cite| is_own(&cite.value.instrument))
}

impl Compiler<'_> {
    /// Checks what each overlay says it is, and records it.
    pub(super) fn overlays(&mut self) {
        let files = self.files;
        if let Some(extends) = files.release.as_ref().and_then(|release| release.extends.as_ref()) {
            let message = format!(
                "these are the rules of an overlay; the rules `{}` are missing",
                extends.value
            );
            let hint =
                "give the folder of the rules it extends before it, or put that folder beside this one".to_owned();
            self.error("E0708", extends.span, message, Some(hint));
        }
        let base = files.release.as_ref().map_or("", |release| release.id.as_str());
        let mut before: Option<(&str, &str)> = None;
        for overlay in &files.overlays {
            let Some(release) = &overlay.release else {
                let message = format!("the overlay `{}` has no `release.toml`", overlay.folder);
                self.error("E0708", overlay.span, message, None);
                continue;
            };
            let (Some(extends), Some(area)) = (&release.extends, &release.area) else {
                let message = format!("`{}` does not say which rules it extends", release.id);
                let hint = Some(format!("`extends = \"{base}\"`"));
                self.error("E0708", release.span, message, hint);
                continue;
            };
            if extends.value != base {
                let message = format!(
                    "`{}` extends `{}`, and these rules are `{base}`",
                    release.id, extends.value
                );
                self.error("E0708", extends.span, message, None);
            }
            let code = area.code.value.as_str();
            match before {
                Some((other, place)) if !is_part_of(code, place) && !is_part_of(place, code) => {
                    let message = format!("`{}` is for the place {code}, and `{other}` for {place}", release.id);
                    let hint = "no household lives in both: check each with the national rules alone".to_owned();
                    self.error("E0708", area.code.span, message, Some(hint));
                }
                _ => before = Some((&release.id, code)),
            }
            self.rules.tag.overlays.push(OverlayTag {
                id: release.id.clone(),
                number: release.number,
                digest: String::new(),
            });
            self.rules.overlays.push(Overlay {
                id: release.id.clone(),
                title: release.title.clone(),
                area: code.to_owned(),
                place: area.title.clone(),
            });
        }
    }

    /// Returns the finding for a name that was declared before: by the same rules, or by those it lies over.
    pub(super) fn declared_twice(&mut self, what: &str, name: &At<String>, before: Option<Span>, hint: Option<String>) {
        let layer = |span: Span| self.files.layer(span);
        let overlay = match before.map(|span| (layer(span), layer(name.span))) {
            Some((None, Some(overlay))) => Some((overlay, name.span)),
            Some((Some(overlay), None)) => before.map(|span| (overlay, span)),
            _ => None,
        };
        match overlay {
            Some((overlay, span)) => {
                let id = id_of(self.files, overlay);
                let message = format!("{what}`{}` is national: `{id}` cannot declare it again", name.value);
                let hint = "an overlay fills open slots with `[local.NAME]`, adds groups with `adds_to`, and gives what is its own a new name";
                self.error("E0701", span, message, Some(hint.to_owned()));
            }
            None => {
                let message = format!("{what}`{}` is declared twice", name.value);
                self.error("E0301", name.span, message, hint);
            }
        }
    }

    /// A name of an overlay must not be a national choice: it would change what national expressions mean.
    pub(super) fn captured_choices(&mut self) {
        let files = self.files;
        if files.overlays.is_empty() {
            return;
        }
        let facts = files.facts.iter().map(|fact| {
            let list = match &fact.kind.value {
                FactKind::Choice(list) => list.as_slice(),
                _ => &[],
            };
            (&fact.name, list)
        });
        let terms = files.terms.iter().map(|term| {
            let list = match &term.kind.value {
                TermKind::Choice(list) => list.as_slice(),
                _ => &[],
            };
            (&term.name, list)
        });
        let lists = facts.chain(terms).filter(|(name, _)| files.layer(name.span).is_none());
        let national: Vec<&str> = lists
            .flat_map(|(_, list)| list)
            .map(|(choice, _)| choice.as_str())
            .collect();
        let parameters = files.parameters.iter().map(|parameter| &parameter.name);
        let names = files.facts.iter().map(|fact| &fact.name);
        let names = names.chain(files.terms.iter().map(|term| &term.name)).chain(parameters);
        for name in names.filter(|name| files.layer(name.span).is_some()) {
            if national.contains(&name.value.as_str()) {
                let message = format!("`{}` is a choice of a national fact", name.value);
                let hint = "another name keeps national expressions as they are".to_owned();
                self.error("E0701", name.span, message, Some(hint));
            }
        }
    }

    /// Puts what overlays set into the open slots of national parameters.
    pub(super) fn fills(&mut self) {
        let files = self.files;
        for (at, parameter) in files.parameters.iter().enumerate() {
            let mut accepted: Vec<&FillFile> = Vec::new();
            for fill in files
                .fills
                .iter()
                .filter(|fill| fill.name.value == parameter.name.value)
            {
                if self.may_fill(fill, parameter) && !self.filled_before(fill, &accepted) {
                    accepted.push(fill);
                }
            }
            if !accepted.is_empty() {
                self.put(at, parameter, &accepted);
            }
        }
        let is_slot = |fill: &&FillFile| files.parameters.iter().any(|p| p.name.value == fill.name.value);
        for fill in files.fills.iter().filter(|fill| !is_slot(fill)) {
            let open = files.parameters.iter().filter(|parameter| parameter.local.is_some());
            let hint = did_you_mean(&fill.name.value, open.map(|parameter| parameter.name.value.as_str()));
            let message = format!("no national parameter `{}`", fill.name.value);
            self.error("E0702", fill.name.span, message, hint);
        }
    }

    /// Whether the slot is open to the overlay, and every value is within the bound and stands in a text of its own.
    fn may_fill(&mut self, fill: &FillFile, parameter: &ParameterFile) -> bool {
        let files = self.files;
        let before = self.n_mistakes;
        let (name, layer) = (&fill.name, files.layer(fill.name.span).unwrap_or_default());
        let id = id_of(files, layer);
        if files.layer(parameter.name.span).is_some() {
            let message = format!("`{}` is not national: its values stand with it", name.value);
            self.error("E0702", name.span, message, None);
            return false;
        }
        let Some(local) = &parameter.local else {
            let open = files.parameters.iter().filter(|parameter| parameter.local.is_some());
            let open: Vec<String> = open.map(|parameter| format!("`{}`", parameter.name.value)).collect();
            let hint = (!open.is_empty()).then(|| format!("open are {}", open.join(", ")));
            let message = format!("`{}` is closed: the national rules let nobody else set it", name.value);
            self.error("E0702", name.span, message, hint);
            return false;
        };
        let level = level_of(files, layer);
        if level != local.set_by {
            let message = format!(
                "`{}` is set by a {}, and `{id}` is of a {level}",
                name.value, local.set_by
            );
            self.error("E0703", name.span, message, None);
        }
        for value in fill
            .dated
            .iter()
            .filter(|value| !cites_own_text(files, layer, &value.cite))
        {
            let message = format!(
                "the value from {} names no text of `{id}` that sets it",
                value.from.value
            );
            let hint = "cite the local resolution, declared in `instruments/` of the overlay".to_owned();
            self.error("E0707", value.from.span, message, Some(hint));
        }
        if let Some(bound) = Bound::parse(&local.bound) {
            let national = stretches(&parameter.dated);
            for breach in breaches(bound, &national, &stretches(&fill.dated)) {
                self.breach(id, fill, parameter, bound, breach);
            }
        }
        self.n_mistakes == before
    }

    fn breach(&mut self, id: &str, fill: &FillFile, parameter: &ParameterFile, bound: Bound, breach: Breach) {
        let (Some(value), name) = (fill.dated.get(breach.local), &parameter.name.value) else {
            return;
        };
        let unit = &parameter.unit.value;
        let day = breach.day;
        let Some(national) = breach.national.and_then(|at| parameter.dated.get(at)) else {
            let message = format!("`{id}` sets `{name}` on {day}, when it has no national value");
            let hint = "a local value goes with a national one: it may begin no earlier, and last no longer".to_owned();
            self.error("E0706", value.is.span, message, Some(hint));
            return;
        };
        let than = match bound {
            Bound::AtLeastNational => "below",
            Bound::AtMostNational => "above",
        };
        let message = format!(
            "`{id}` sets `{name}` to {} {unit}, which from {day} is {than} the national {} {unit}",
            amount(value.is.value),
            amount(national.is.value),
        );
        let hint = if day > value.from.value {
            format!("end the local value with `until = {day}`, or enter the one that the place has set since")
        } else {
            let cites = parameter.local.iter().flat_map(|local| &local.cite);
            let cites: Vec<String> = cites.map(|cite| cite.value.to_string()).collect();
            format!("a place may not go {than} the national value ({})", cites.join(", "))
        };
        self.error("E0704", value.is.span, message, Some(hint));
    }

    /// Whether the slot has a local value already on a day of this one.
    fn filled_before(&mut self, fill: &FillFile, accepted: &[&FillFile]) -> bool {
        let files = self.files;
        for other in accepted {
            let Some(day) = first_common_day(&stretches(&other.dated), &stretches(&fill.dated)) else {
                continue;
            };
            let id = |fill: &FillFile| id_of(files, files.layer(fill.name.span).unwrap_or_default());
            let message = format!(
                "`{}` is filled twice on {day}: by `{}` and by `{}`",
                fill.name.value,
                id(other),
                id(fill)
            );
            let hint = format!("one value holds on each day: end the other with `until`, on {day} or before");
            let value = fill.dated.iter().rev().find(|value| value.from.value <= day);
            let span = value.map_or(fill.name.span, |value| value.from.span);
            self.error("E0705", span, message, Some(hint));
            return true;
        }
        false
    }

    /// Joins national and local values to one line of time.
    fn put(&mut self, at: usize, parameter: &ParameterFile, fills: &[&FillFile]) {
        let files = self.files;
        let national = stretches(&parameter.dated);
        let local: Vec<Stretch> = fills.iter().flat_map(|fill| stretches(&fill.dated)).collect();
        let written = |fill: &'_ &FillFile| {
            let layer = files.layer(fill.name.span).unwrap_or_default();
            fill.dated
                .iter()
                .map(move |value| (layer, value.clone()))
                .collect::<Vec<_>>()
        };
        let written: Vec<(usize, DatedValue)> = fills.iter().flat_map(written).collect();
        let cites = |value: &DatedValue| value.cite.iter().map(|cite| cite.value.clone()).collect::<Vec<_>>();
        let mut dated = Vec::new();
        for piece in pieces(&national, &local) {
            let Some(country) = piece.national.and_then(|at| parameter.dated.get(at)) else {
                continue;
            };
            let own = piece.local.and_then(|at| written.get(at));
            let (value, local) = match own {
                Some((overlay, value)) => (
                    value,
                    Some(LocalValue {
                        overlay: *overlay,
                        national: country.is.value,
                        national_since: country.from.value,
                        national_cite: cites(country),
                    }),
                ),
                None => (country, None),
            };
            dated.push(Dated {
                from: piece.from,
                until: piece.until,
                is: value.is.value,
                cite: cites(value),
                since: value.from.value,
                local,
            });
        }
        let readings = fills.iter().flat_map(|fill| fill.readings.iter().cloned());
        if let Some(compiled) = self.rules.parameters.get_mut(at) {
            compiled.dated = dated;
            compiled.local_readings = readings.collect();
        }
    }
}

/// Whether a place lies in another, or is the same.
fn is_part_of(place: &str, other: &str) -> bool {
    place
        .strip_prefix(other)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn stretches(dated: &[DatedValue]) -> Vec<Stretch> {
    let stretch = |value: &DatedValue| Stretch {
        from: value.from.value,
        until: value.until.as_ref().map(|until| until.value),
        is: value.is.value,
    };
    closed(dated.iter().map(stretch).collect())
}

/// An amount as it is written in rule files: `12_000`.
fn amount(value: Decimal) -> String {
    if value.fract().is_zero() && !value.is_sign_negative() {
        grouped(&value.trunc().normalize().to_string())
    } else {
        value.to_string()
    }
}
