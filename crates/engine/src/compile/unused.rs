//! What is declared and used by nothing.

use std::collections::BTreeSet;

use crate::read::Scope;
use crate::rules::Op;

use super::Compiler;

impl Compiler<'_> {
    /// A fact that no rule looks at need not be asked.
    pub(super) fn unused_facts(&mut self) {
        let mut used = BTreeSet::new();
        for op in &self.rules.nodes {
            if let Op::Fact(id, _) = op {
                used.insert(*id);
            }
        }
        let starts = self.files.programmes.iter().filter_map(|p| p.start.as_ref());
        let named: BTreeSet<&str> = starts
            .flat_map(|s| std::iter::once(&s.general).chain(s.except.iter().map(|(_, rule)| rule)))
            .filter_map(|rule| rule.fact.as_ref().map(|fact| fact.value.as_str()))
            .collect();
        for fact in &self.files.facts {
            let Some((id, _)) = self.rules.fact_named(fact.scope, &fact.name.value) else {
                continue;
            };
            let in_roster = fact.scope == Scope::Person && ["birth_date", "sex"].contains(&fact.name.value.as_str());
            let kept = fact.kept_for.is_some() || in_roster;
            if !used.contains(&id) && !named.contains(fact.name.value.as_str()) && !kept {
                let message = format!("no rule uses the fact `{}`", fact.name.value);
                let hint = "leave it out, so that nobody is asked for nothing, or say what it is `kept_for`".to_owned();
                self.findings.warning("W0601", fact.name.span, message, hint);
            }
        }
    }

    /// A term, parameter or paper that nothing uses is left over, or a name elsewhere is misspelt.
    pub(super) fn unused_names(&mut self) {
        let (mut terms, mut parameters) = (BTreeSet::new(), BTreeSet::new());
        for op in &self.rules.nodes {
            match op {
                Op::Term(at, _) => drop(terms.insert(*at)),
                Op::Parameter(at) => drop(parameters.insert(*at)),
                _ => {}
            }
        }
        let files = self.files;
        let proofs = self.rules.facts.iter().flat_map(|fact| fact.proof.iter().flatten());
        let mut papers: BTreeSet<String> = proofs.cloned().collect();
        let applied = files.programmes.iter().filter_map(|file| file.apply.as_ref());
        papers.extend(applied.flat_map(|apply| apply.papers.iter().map(|paper| paper.value.clone())));
        let unused_terms = files.terms.iter().enumerate().filter(|(at, _)| !terms.contains(at));
        let unused_terms = unused_terms.map(|(_, term)| (&term.name, "term"));
        let unused_parameters = files
            .parameters
            .iter()
            .enumerate()
            .filter(|(at, _)| !parameters.contains(at));
        let unused_parameters = unused_parameters.map(|(_, parameter)| (&parameter.name, "parameter"));
        let unused_papers = files.papers.iter().filter(|paper| !papers.contains(&paper.name.value));
        let unused_papers = unused_papers.map(|paper| (&paper.name, "paper"));
        for (name, what) in unused_terms.chain(unused_parameters).chain(unused_papers) {
            let message = format!("nothing uses the {what} `{}`", name.value);
            let hint = "leave it out, or use it where it was meant".to_owned();
            self.findings.warning("W0603", name.span, message, hint);
        }
    }
}
