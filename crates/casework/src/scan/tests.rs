#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::{province_of, read};
use crate::wire::CardField;
use ansinh_engine::read::Text;
use ansinh_engine::rules::Province;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

const CARD: &str = "001051000123|012345678|Nguyễn Văn Thuận|12031951|Nam|Thôn 3, Xã Mẫu, Huyện Thử, Hà Giang|01072021";

fn check(text: &str, expected: &[(CardField, &str)], n_advice: usize) {
    let reading = read(text);
    let understood: Vec<(CardField, String)> = reading
        .fields
        .iter()
        .filter_map(|field| Some((field.name, field.value.clone().ok()??)))
        .collect();
    let expected: Vec<(CardField, String)> = expected.iter().map(|(name, text)| (*name, (*text).into())).collect();
    assert_eq!(understood, expected, "{text}");
    assert_eq!(reading.advice.len(), n_advice, "{text}: {:?}", reading.advice);
    assert_eq!(reading.raw, text);
}

#[test]
fn a_card_is_read_with_more_fields_and_fewer() {
    use CardField::*;
    let whole = [
        (IdNumber, "001051000123"),
        (OldIdNumber, "012345678"),
        (FullName, "Nguyễn Văn Thuận"),
        (BirthDate, "1951-03-12"),
        (Sex, "male"),
        (Address, "Thôn 3, Xã Mẫu, Huyện Thử, Hà Giang"),
        (IssuedOn, "2021-07-01"),
    ];
    check(CARD, &whole, 0);
    let mut more = whole.to_vec();
    more.extend([(Extra, "Nguyễn Văn Cha"), (Extra, "Trần Thị Mẹ")]);
    check(&format!("{CARD}|Nguyễn Văn Cha|Trần Thị Mẹ\r\n"), &more, 0);
    check(
        "001051000123||Nguyễn Văn Thuận|12031951",
        &[whole[0], whole[2], whole[3]],
        0,
    );
    check(
        "001051000123|Nguyễn Văn Thuận|12031951|Nam",
        &[whole[0], whole[2], whole[3], whole[4]],
        0,
    );
    check("001051000123", &[whole[0]], 0);
    let decomposed: String = CARD.nfd().collect();
    assert_eq!(read(&decomposed).fields, read(CARD).fields, "NFC at the door");
}

#[test]
fn a_birth_may_lack_its_day_and_its_month() {
    for (text, born) in [
        ("00031951", "1951-03"),
        ("00001951", "1951"),
        ("1951", "1951"),
        ("031951", "1951-03"),
        ("12/03/1951", "1951-03-12"),
    ] {
        let reading = read(&format!("001051000123||Nguyễn Văn Thuận|{text}|Nam"));
        assert_eq!(reading.fields[3].value, Ok(Some(born.into())), "{text}");
    }
    for text in ["31021951", "12131951", "12o31951", "120319510", "99", "00130051"] {
        let reading = read(&format!("001051000123||Nguyễn Văn Thuận|{text}|Nam"));
        assert!(reading.fields[3].value.is_err(), "{text}");
        assert_eq!(reading.fields[3].text, text);
    }
}

#[test]
fn what_an_input_method_does_to_a_scan_is_noticed() {
    let advice = |text: &str| {
        read(text)
            .advice
            .into_iter()
            .map(|advice| advice.en)
            .collect::<String>()
    };
    let cases = [
        // The bar is swallowed, or another key comes in its place.
        ("001051000123012345678Nguyễn Văn Thuận12031951Nam", "swallowed"),
        ("001051000123~012345678~Nguyễn Văn Thuận~12031951~Nam", "came as “~”"),
        // Telex and VNI keys that came too fast to become tone marks.
        ("001051000123||Nguyeenx Vawn Thuaanj|12031951|Nam", "Telex or VNI"),
        ("001051000123||Nguye6n4 Va8n Thua6n5|12031951|Nam", "Telex or VNI"),
        // Digits turned into tone marks and letters.
        (
            "00105100012ơ||Nguyễn Văn Thuận|12031951|Nam",
            "letters stand in a number",
        ),
        (
            "001051000123||Nguyễn Văn Thuận|1203195á|Nam",
            "letters stand in a number",
        ),
        ("001051000123||Nguy?n V?n Thu?n|12031951|Nam", "became “?”"),
        ("001051000123||Nguyễ\u{301}n Văn Thuận|12031951|Nam", "two tone marks"),
        ("001051000123||Nguyễn Văn Thuận|12031961|Nam", "do not agree"),
        ("xin chào", "does not look like"),
    ];
    for (text, wanted) in cases {
        assert!(advice(text).contains(wanted), "{text}: {}", advice(text));
    }
    let doubled: String = CARD.chars().flat_map(|c| [c, c]).collect();
    assert!(advice(&doubled).contains("came twice"));
    assert_eq!(read(&doubled).fields, read(CARD).fields);
    // Names of peoples whose letters are not those of Vietnamese words, and short ones, are names.
    for name in ["Y Blơ Niê", "H'Wen Êban", "Ksor Krơ̆k", "Lò Thị Ó", "A Bus"] {
        assert!(
            !advice(&format!("001051000123||{name}|12031951|Nam")).contains("two tone"),
            "{name}"
        );
    }
}

#[test]
fn a_number_has_twelve_digits_and_no_other_check() {
    for (text, fits) in [
        ("001051000123", true),
        ("999999999999", true),
        ("001 051 000 123", true),
        ("01051000123", false),
        ("0010510001234", false),
        ("00105100012x", false),
        ("００１０５１０００１２３", false),
        ("", false),
    ] {
        let reading = read(&format!("{text}||Nguyễn Văn Thuận"));
        assert_eq!(reading.fields[0].value.is_ok(), fits, "{text}");
    }
}

#[test]
fn the_province_of_a_printed_address_is_found_under_the_names_of_before() {
    let province = |code: &str, name: &str, before: &[&str]| Province {
        code: code.into(),
        is_city: false,
        name: Text {
            vi: name.into(),
            en: name.into(),
        },
        before: before.iter().map(|name| (*name).into()).collect(),
    };
    let all = [
        province("08", "Tuyên Quang", &["Hà Giang", "Tuyên Quang"]),
        province("91", "An Giang", &["Kiên Giang", "An Giang"]),
    ];
    for (address, wanted) in [
        ("Thôn 3, Xã Mẫu, Huyện Thử, Hà Giang", Some(("Hà Giang", "08"))),
        ("Xã Mẫu, Tỉnh Hà Giang", Some(("Hà Giang", "08"))),
        ("Thôn 3 Xã Mẫu Huyện Thử TUYEN QUANG", Some(("Tuyên Quang", "08"))),
        ("Ấp 1, An Giang, ", Some(("An Giang", "91"))),
        ("Hà Giang, một nơi khác", None),
        ("", None),
    ] {
        let found = province_of(address, &all).map(|(name, province)| (name, province.code.clone()));
        assert_eq!(
            found,
            wanted.map(|(name, code)| (name.into(), code.into())),
            "{address}"
        );
    }
}

#[test]
fn hostile_texts_are_kept_and_do_no_harm() {
    let hostile = [
        String::new(),
        "|".into(),
        "|".repeat(100_000),
        "0".repeat(100_000),
        "001051000123|".repeat(10_000),
        "001051000123||<script>alert(1)</script>|12031951|Nam".into(),
        "001051000123||'; DROP TABLE person; --|12031951|Nam".into(),
        "001051000123||\u{202e}nậuhT|12031951|Nam".into(),
        "001051000123|\0|\u{1b}[2J|\u{7f}|\u{feff}".into(),
        "\u{feff}001051000123||Nguyễn Văn Thuận|12031951|Nam".into(),
        "a\u{301}\u{301}\u{301}\u{301}".repeat(1000),
        "🇻🇳|🇻🇳|🇻🇳|🇻🇳|🇻🇳|🇻🇳|🇻🇳".into(),
        "-1051000123|99999999|٠١٢|99999999|?|,,,,|00000000".into(),
    ];
    for text in hostile {
        holds(&text);
    }
}

/// What was scanned is there as it came, and all of it stands in the fields too.
fn holds(text: &str) {
    let reading = read(text);
    assert_eq!(reading.raw, text);
    let letters = |text: &str| -> String {
        text.nfc()
            .filter(|c| !c.is_whitespace() && !c.is_control() && *c != '\u{feff}' && *c != '|')
            .collect()
    };
    let fields: String = reading.fields.iter().map(|field| field.text.as_str()).collect();
    let is_read_as_it_is = reading
        .advice
        .iter()
        .all(|advice| !advice.en.contains("twice") && !advice.en.contains("came as"));
    if is_read_as_it_is {
        assert_eq!(letters(&fields), letters(text));
    }
    for field in &reading.fields {
        if let (CardField::IdNumber, Ok(Some(number))) = (field.name, &field.value) {
            assert!(number.len() == 12 && number.bytes().all(|byte| byte.is_ascii_digit()));
        }
    }
    province_of(text, &[]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_is_lost_and_none_does_harm(text in ".{0,200}") {
        holds(&text);
    }

    #[test]
    fn no_damaged_card_is_lost(cut in 0usize..120, slips in proptest::collection::vec((0usize..120, any::<char>()), 0..6)) {
        let mut letters: Vec<char> = CARD.chars().collect();
        for (at, letter) in slips {
            let at = at % letters.len();
            letters[at] = letter;
        }
        let text: String = letters.iter().skip(cut % 30).collect();
        holds(&text);
    }
}
