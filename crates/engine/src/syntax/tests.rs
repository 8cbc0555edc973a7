//! Reading and writing expressions: what is written is read back, and no text makes the reader fall over.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use jiff::civil::Date;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::diagnostic::{Diagnostic, Severity};

fn read(text: &str) -> (Expr, Vec<Diagnostic>) {
    let mut findings = Findings::new(["facts/a.toml"]);
    let at = Span::new(0, 100, 100 + text.len());
    let expr = parse(text, at, &mut findings);
    (expr, findings.into_sorted())
}

/// Reads a text that must be right, and returns its canonical form.
fn canonical(text: &str) -> String {
    let (expr, found) = read(text);
    assert!(found.is_empty(), "{text}: {found:?}");
    expr.to_string()
}

#[test]
fn what_the_language_allows_is_read_and_written_back() {
    for text in [
        "years_between(birth_date, day)",
        "age < 16 or age >= 60",
        "disability_degree in [severe, extremely_severe]",
        "father_state = dead and mother_state = dead",
        "standard_level * coefficient",
        "if age < 16 then 2 else 1.50",
        "any children where age < 3 and subject.age > 18",
        "all members where income is not absent",
        "none others",
        "count children where months_between(birth_date, day) < 36",
        "sum pay of members where age in 18 ..< 60",
        "highest (if a then 1 else 2) of parents",
        "(any children where a) and b",
        "not a = b",
        "(not a) = b",
        "pension = none and degree != none",
        "a in 1 ..= 2 or born < 2025-07-01",
        "group.disabled or entitled.social_pension or paid_now.x",
        "group.none or group.all or group.sum",
        "a - (b - c) - -d",
        "a / 2 * 3 + min(a, b, max(c, d))",
        "pay < 360_000",
        "min_age = 3",
        "(a or b) or c",
    ] {
        let expected = text.replace("highest (if a then 1 else 2)", "highest if a then 1 else 2");
        assert_eq!(canonical(text), expected);
    }
}

#[test]
fn spaces_comments_and_needless_parentheses_go() {
    assert_eq!(canonical("(a)  and(\n b   # why\n or c)"), "a and (b or c)");
    assert_eq!(canonical("pay<1000000"), "pay < 1_000_000");
    assert_eq!(canonical("a in[x,y,]"), "a in [x, y]");
    assert_eq!(canonical("a in 18..<60"), "a in 18 ..< 60");
}

#[test]
fn signs_bind_as_the_grammar_says() {
    let shape = |text: &str| format!("{:?}", read(text).0.node);
    assert!(shape("a or b and c").starts_with("Or"));
    assert!(shape("not a and b").starts_with("And"));
    assert!(shape("not a = b").starts_with("Not"));
    assert!(shape("a + b < c * d").starts_with("Compare"));
    assert!(shape("-a * b").starts_with("Arithmetic(Multiply"));
    assert!(shape("any children where a or b").starts_with("Aggregate"));
    assert!(shape("if a then b else c or d").starts_with("If"));
}

#[test]
fn a_part_knows_its_place() {
    let text = "(age < 16) and đ or not xyz";
    let Node::Or(parts) = read(text).0.node else {
        panic!("two alternatives")
    };
    let shown = |expr: &Expr| &text[expr.span.start as usize - 100..expr.span.end as usize - 100];
    assert_eq!(
        parts.iter().map(shown).collect::<Vec<_>>(),
        ["(age < 16) and đ", "not xyz"]
    );
}

#[test]
fn a_text_with_escapes_has_one_place() {
    let mut findings = Findings::new(["a"]);
    let at = Span::new(0, 5, 50);
    let expr = parse("age == 16", at, &mut findings);
    assert_eq!((expr.span, findings.into_sorted()[0].span), (at, at));
}

#[test]
fn deep_expressions_are_refused_and_flat_ones_are_not() {
    let codes = |text: String| read(&text).1.iter().map(|finding| finding.code).collect::<Vec<_>>();
    assert_eq!(codes(format!("{}a{}", "(".repeat(5000), ")".repeat(5000))), ["E0212"]);
    assert_eq!(codes(format!("a{}", " + a".repeat(5000))), ["E0212"]);
    assert_eq!(codes("not ".repeat(5000)), ["E0212"]);
    assert_eq!(codes("if ".repeat(5000)), ["E0212"]);
    assert_eq!(codes("-".repeat(5000)), ["E0212"]);
    assert_eq!(codes("+".repeat(5000)), ["E0201"]);
    assert_eq!(codes(format!("a{}", " or a".repeat(5000))), [""; 0]);
    assert_eq!(codes(format!("a{}", " < a".repeat(5000))), ["E0210"]);
}

fn bare(node: Node) -> Expr {
    Expr {
        node,
        span: Span::default(),
    }
}

/// The same expression with all places forgotten.
fn placeless(expr: Expr) -> Expr {
    let one = |part: Box<Expr>| Box::new(placeless(*part));
    let all = |parts: Vec<Expr>| parts.into_iter().map(placeless).collect();
    bare(match expr.node {
        Node::Not(part) => Node::Not(one(part)),
        Node::Negate(part) => Node::Negate(one(part)),
        Node::And(parts) => Node::And(all(parts)),
        Node::Or(parts) => Node::Or(all(parts)),
        Node::Compare(sign, left, right) => Node::Compare(sign, one(left), one(right)),
        Node::OneOf(value, names) => Node::OneOf(
            one(value),
            names.into_iter().map(|(name, _)| (name, Span::default())).collect(),
        ),
        Node::Between {
            value,
            low,
            high,
            inclusive,
        } => Node::Between {
            value: one(value),
            low: one(low),
            high: one(high),
            inclusive,
        },
        Node::Absent(value, yes) => Node::Absent(one(value), yes),
        Node::Arithmetic(sign, left, right) => Node::Arithmetic(sign, one(left), one(right)),
        Node::If(condition, yes, no) => Node::If(one(condition), one(yes), one(no)),
        Node::Call(function, parts) => Node::Call(function, all(parts)),
        Node::Aggregate {
            kind,
            people,
            of,
            filter,
        } => Node::Aggregate {
            kind,
            people,
            of: of.map(one),
            filter: filter.map(one),
        },
        node @ (Node::Truth(_) | Node::Number(_) | Node::Date(_) | Node::Name(_) | Node::Missing) => node,
    })
}

fn name() -> impl Strategy<Value = String> {
    let free = |word: &String| !RESERVED.contains(&word.as_str()) && Function::ALL.iter().all(|f| f.name() != word);
    prop_oneof![
        "[a-z][a-z0-9_]{0,6}".prop_filter("free", free),
        // Words that have a meaning only where persons follow.
        prop::sample::select(vec!["none", "any", "all", "count", "members", "children", "day"]).prop_map(str::to_owned),
    ]
}

fn leaf() -> impl Strategy<Value = Node> {
    prop_oneof![
        any::<bool>().prop_map(Node::Truth),
        (0i64..10_000_000_000, 0u32..6).prop_map(|(digits, scale)| Node::Number(Decimal::new(digits, scale))),
        (1900i16..2100, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| Node::Date(Date::new(y, m, d).unwrap())),
        prop::collection::vec(name(), 1..3).prop_map(Node::Name),
    ]
}

fn expression() -> impl Strategy<Value = Expr> {
    use prop::sample::select;
    let signs = [
        Comparison::Equal,
        Comparison::NotEqual,
        Comparison::Less,
        Comparison::AtMost,
        Comparison::More,
    ];
    let sums = [
        Arithmetic::Add,
        Arithmetic::Subtract,
        Arithmetic::Multiply,
        Arithmetic::Divide,
    ];
    leaf().prop_map(bare).prop_recursive(5, 60, 4, move |inner| {
        let one = inner.clone().prop_map(Box::new);
        let two = (one.clone(), one.clone());
        let several = prop::collection::vec(inner.clone(), 2..4);
        let names = prop::collection::vec(name().prop_map(|name| (name, Span::default())), 1..4);
        let filter = prop::option::of(one.clone());
        prop_oneof![
            one.clone().prop_map(Node::Not),
            one.clone().prop_map(Node::Negate),
            several.clone().prop_map(Node::And),
            several.clone().prop_map(Node::Or),
            (select(signs.to_vec()), two.clone()).prop_map(|(sign, (a, b))| Node::Compare(sign, a, b)),
            (select(sums.to_vec()), two.clone()).prop_map(|(sign, (a, b))| Node::Arithmetic(sign, a, b)),
            (one.clone(), names).prop_map(|(a, names)| Node::OneOf(a, names)),
            (one.clone(), two.clone(), any::<bool>()).prop_map(|(value, (low, high), inclusive)| Node::Between {
                value,
                low,
                high,
                inclusive
            }),
            (one.clone(), any::<bool>()).prop_map(|(a, yes)| Node::Absent(a, yes)),
            (one.clone(), two.clone()).prop_map(|(a, (b, c))| Node::If(a, b, c)),
            (select(vec![Function::YearsBetween, Function::MonthsBetween]), two)
                .prop_map(|(f, (a, b))| Node::Call(f, vec![*a, *b])),
            (select(vec![Function::Min, Function::Max]), several).prop_map(|(f, parts)| Node::Call(f, parts)),
            (
                select(vec![Aggregate::Any, Aggregate::None, Aggregate::Count]),
                select(People::ALL.to_vec()),
                filter.clone()
            )
                .prop_map(|(kind, people, filter)| Node::Aggregate {
                    kind,
                    people,
                    of: None,
                    filter
                }),
            (select(People::ALL.to_vec()), one.clone()).prop_map(|(people, filter)| Node::Aggregate {
                kind: Aggregate::All,
                people,
                of: None,
                filter: Some(filter)
            }),
            (
                select(vec![Aggregate::Sum, Aggregate::Highest, Aggregate::Lowest]),
                select(People::ALL.to_vec()),
                one,
                filter
            )
                .prop_map(|(kind, people, of, filter)| Node::Aggregate {
                    kind,
                    people,
                    of: Some(of),
                    filter
                }),
        ]
        .prop_map(bare)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back(expr in expression()) {
        let text = expr.to_string();
        let (again, found) = read(&text);
        let errors: Vec<_> = found.iter().filter(|finding| finding.severity == Severity::Error).collect();
        prop_assert!(errors.is_empty(), "{}: {:?}", text, errors);
        prop_assert_eq!(placeless(again), expr, "{}", text);
    }

    #[test]
    fn no_text_makes_the_reader_fall_over(text in "\\PC{0,60}") {
        places_are_good(&text);
    }

    #[test]
    fn no_words_and_signs_make_the_reader_fall_over(pieces in prop::collection::vec(piece(), 0..30), between in "[ ]?") {
        places_are_good(&pieces.join(&between));
    }

    #[test]
    fn a_broken_expression_is_never_silent(expr in expression(), at in 0usize..1000) {
        // Cut anywhere: what is left is either whole, or something is said about it.
        let text = expr.to_string();
        let cut = text.char_indices().map(|(at, _)| at).nth(at % text.len()).unwrap_or(0);
        let (rest, found) = read(&text[..cut]);
        if found.is_empty() {
            prop_assert!(!rest.to_string().contains('?'), "{}", &text[..cut]);
        }
    }
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(RESERVED.to_vec()).prop_map(str::to_owned),
        prop::sample::select(vec![
            "any",
            "all",
            "none",
            "count",
            "members",
            "children",
            "min",
            "years_between",
            "(",
            ")",
            "[",
            "]",
            ",",
            ".",
            "..",
            "..<",
            "..=",
            "=",
            "==",
            "<",
            ">=",
            "!",
            "+",
            "-",
            "*",
            "/",
            "12",
            "1.5",
            "360.000",
            "2025-07-01",
            "2025-7-1",
            "“",
            "\"",
            "%",
            "đ",
            "\u{301}",
            "#",
            "\n",
            "A",
            "1_",
            "x",
        ])
        .prop_map(str::to_owned),
    ]
}

fn places_are_good(text: &str) {
    let (expr, found) = read(text);
    let inside = |span: Span| (100..=100 + text.len()).contains(&(span.start as usize)) && span.start <= span.end;
    assert!(inside(expr.span), "{text}");
    for finding in found {
        assert!(inside(finding.span), "{text}: {finding:?}");
        assert!(
            text.get(finding.span.start as usize - 100..finding.span.end as usize - 100)
                .is_some(),
            "{text}"
        );
    }
    let _ = expr.to_string();
}
