//! The provinces and cities, and of which old ones each is made.

use std::collections::BTreeSet;

use crate::rules::{Province, Provinces};

use super::Compiler;

impl Compiler<'_> {
    /// Takes over the lists of provinces: on one day a code is that of one province, and each of before went into one.
    pub(super) fn provinces(&mut self) {
        let files = self.files;
        for list in &files.provinces {
            let (mut codes, mut before) = (BTreeSet::new(), BTreeSet::new());
            for province in &list.provinces {
                if !codes.insert(&province.code.value) {
                    let message = format!("the province `{}` stands twice", province.code.value);
                    self.error("E0109", province.code.span, message, None);
                }
                for former in &province.before {
                    if !before.insert(&former.code.value) {
                        let message = format!("the old province `{}` went into two", former.code.value);
                        let hint = "a province of before stands under the one that it is part of".to_owned();
                        self.error("E0109", former.code.span, message, Some(hint));
                    }
                }
            }
            let all = list.provinces.iter().map(|province| Province {
                code: province.code.value.clone(),
                is_city: province.is_city,
                name: province.name.clone(),
                before: province.before.iter().map(|former| former.name.clone()).collect(),
            });
            self.rules.provinces.push(Provinces {
                from: list.from,
                all: all.collect(),
            });
        }
        self.rules.provinces.sort_by_key(|list| list.from);
    }
}
