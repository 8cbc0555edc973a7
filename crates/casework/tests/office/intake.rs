//! A list comes in: read, understood, previewed with what is wrong, made into households, taken back.

use data_encoding::BASE64;
use serde_json::{Value, json};

use crate::desk::Desk;

const LIST: &str = "DANH SÁCH HỘ,,,,,,,\n\
    Số hộ,Họ và tên,Quan hệ với chủ hộ,Ngày sinh,Giới tính,Thôn,Số CCCD,Diện hộ\n\
    12,Nguyễn Văn Thuận,Chủ hộ,12/03/1951,Nam,Đông,001051000123,Hộ nghèo\n\
    12,Trần Thị Sen,Vợ,1953,Nữ,,,\n\
    12,Nguyễn Thị Lụa,Con,5-6-1980,Nữ,,,\n\
    13,Lê Văn Hải,Chủ hộ,31/02/1960,Nam,Thôn Đoài,,\n\
    14,Phạm Thị Mận,Chủ hộ,1970,Nữ,Thôn Tây,,\n\
    15,Vũ Văn Cam,Chủ hộ,07/1948,Nam,THON DOAI,,\n";

fn base64(bytes: impl AsRef<[u8]>) -> String {
    BASE64.encode(bytes.as_ref())
}

async fn read(desk: &Desk, bytes: impl AsRef<[u8]>) -> Value {
    let request = json!({ "bytes": base64(bytes), "language": "vi" });
    desk.job("read_table", request).await
}

/// What a job fails with.
async fn refused(desk: &Desk, name: &str, args: Value) -> ansinh_casework::wire::Failure {
    let started = desk.ok(name, args).await;
    loop {
        match desk.office.call("job", started.clone()).await {
            Err(failure) => return failure,
            Ok(report) => assert!(report["answer"].is_null(), "{name} did not fail: {report}"),
        }
        tokio::task::yield_now().await;
    }
}

/// The request for a preview, with every column as it was proposed.
async fn list(desk: &Desk, bytes: impl AsRef<[u8]>) -> Value {
    let reading = read(desk, bytes.as_ref()).await;
    let columns = reading["columns"].as_array().unwrap().iter();
    json!({ "bytes": base64(bytes), "sheet": reading["sheet"], "header_row": reading["header_row"],
        "mapping": columns.map(|column| column["target"].clone()).collect::<Vec<_>>(), "hamlet": null, "with_look_alikes": false })
}

/// Rows and English sentences of what keeps households out.
fn wrong(preview: &Value) -> Vec<(u64, String)> {
    let problems = preview["problems"].as_array().unwrap().iter();
    let wrong = problems.filter(|problem| problem["leaves_out"] == true);
    wrong
        .map(|problem| {
            (
                problem["row"].as_u64().unwrap(),
                problem["en"].as_str().unwrap().to_owned(),
            )
        })
        .collect()
}

async fn n_households(desk: &Desk) -> Value {
    desk.ok("search", json!({ "text": "" })).await["n_households"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_previewed_brought_in_found_and_taken_back() {
    let desk = Desk::open().await;
    let reading = read(&desk, LIST).await;
    assert_eq!(
        (&reading["header_row"], &reading["n_rows"], &reading["remembered"]),
        (&json!(2), &json!(6), &json!(false))
    );
    let targets: Vec<&str> = reading["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|column| column["target"].as_str().unwrap())
        .collect();
    assert_eq!(
        targets,
        [
            "number",
            "name",
            "relation",
            "person.birth_date",
            "person.sex",
            "hamlet",
            "id_number",
            "household.poverty_status"
        ]
    );
    let list = list(&desk, LIST).await;
    let preview = desk.job("preview_import", list.clone()).await;
    assert_eq!(
        (
            &preview["n_households"],
            &preview["n_persons"],
            &preview["n_rows_left_out"],
            &preview["n_households_left_out"]
        ),
        (&json!(2), &json!(4), &json!(2), &json!(2))
    );
    let wrong = wrong(&preview);
    assert_eq!(wrong[0], (6, "there is no such day".to_owned()));
    assert_eq!(wrong[1], (7, "the commune has no hamlet of this name".to_owned()));
    assert_eq!(wrong.len(), 2);
    assert_eq!(
        n_households(&desk).await,
        0,
        "nothing is written before it is confirmed"
    );
    let file = desk.job("import_problems", list.clone()).await;
    let text = BASE64
        .decode(file["file"]["bytes"].as_str().unwrap().as_bytes())
        .unwrap();
    assert!(String::from_utf8(text).unwrap().contains("31/02/1960"));

    let stale = json!({ "list": list, "file_name": "a.csv", "digest": "x" });
    assert_eq!(
        refused(&desk, "import_roster", stale).await.problems[0].path,
        "$.digest"
    );
    let request = json!({ "list": list, "file_name": "C:\\tam\\danh-sach.csv", "digest": preview["digest"] });
    let imported = desk.job("import_roster", request).await;
    assert_eq!(n_households(&desk).await, 2);
    let found = desk.ok("search", json!({ "text": "001051000123" })).await;
    assert_eq!(
        (&found["hits"][0]["number"], &found["hits"][0]["hamlet"]),
        (&json!("12"), &json!("Thôn Đông"))
    );
    let file = desk
        .ok("open_household", json!({ "household": found["hits"][0]["household"] }))
        .await;
    let persons = &file["persons"];
    assert_eq!(persons[0]["partner"], persons[1]["person"]);
    assert_eq!(
        persons[2]["parents"],
        json!([persons[0]["person"], persons[1]["person"]])
    );
    assert_eq!(persons[1]["basics"][0]["answer"]["raw"], "1953");

    assert_eq!(read(&desk, LIST).await["remembered"], true);
    let imports = desk.ok("imports", json!({})).await;
    assert_eq!(
        (&imports[0]["file_name"], &imports[0]["n_changed"]),
        (&json!("danh-sach.csv"), &json!(0))
    );
    let undone = desk.job("undo_import", json!({ "import": imported["import"] })).await;
    assert!(undone[0]["undone_at"].is_string());
    assert_eq!(n_households(&desk).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_stays_once_an_answer_was_given_in_it() {
    let desk = Desk::open().await;
    let list = list(&desk, LIST).await;
    let preview = desk.job("preview_import", list.clone()).await;
    let request = json!({ "list": list, "file_name": "a.csv", "digest": preview["digest"] });
    let imported = desk.job("import_roster", request).await;
    let hit = desk.ok("search", json!({ "text": "thuan" })).await["hits"][0]["household"].clone();
    desk.answer(&hit, &Value::Null, "area", json!("rural")).await;
    let failure = refused(&desk, "undo_import", json!({ "import": imported["import"] })).await;
    assert_eq!(failure.problems[0].path, "$.act");
    assert_eq!(
        (
            n_households(&desk).await,
            &desk.ok("imports", json!({})).await[0]["n_changed"]
        ),
        (json!(2), &json!(1))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_of_mistake_is_told_with_its_row() {
    let desk = Desk::open().await;
    let first = list(&desk, LIST).await;
    let preview = desk.job("preview_import", first.clone()).await;
    desk.job(
        "import_roster",
        json!({ "list": first, "file_name": "a.csv", "digest": preview["digest"] }),
    )
    .await;

    let header = "Số hộ;Họ tên;Quan hệ;Năm sinh;Thôn;CCCD\n";
    let cases = [
        (
            "20;A Sáng;Cháu;1990;Thôn Đông;",
            "“cháu” may be a grandchild or a nephew or niece",
        ),
        (
            "20;A Sáng;Bạn;1990;Thôn Đông;",
            "the relation to the head is not understood",
        ),
        ("20;A Sáng;;1990;Thôn Đông;", "the relation to the head is missing"),
        ("20;;Chủ hộ;1990;Thôn Đông;", "the name is missing"),
        (
            "20;NguyÔn V¨n;Chủ hộ;1990;Thôn Đông;",
            "the name has odd characters; it may be typed in an old font (TCVN3, VNI)",
        ),
        (
            "20;A Sáng;Chủ hộ;1/2/90;Thôn Đông;",
            "the year has two digits and may mean either century",
        ),
        (
            "20;A Sáng;Chủ hộ;12/31/1990;Thôn Đông;",
            "this column has days with the month first, so that this one may mean either",
        ),
        (
            "20;A Sáng;Chủ hộ;2999;Thôn Đông;",
            "the day of birth is in the future or before 1900",
        ),
        ("20;A Sáng;Chủ hộ;hôm qua;Thôn Đông;", "this cannot be read as a day"),
        (
            "20;A Sáng;Chủ hộ;1990;Thôn Đông;12345",
            "an identity number has 12 digits, this one has 5",
        ),
        (
            "20;A Sáng;Chủ hộ;1990;Thôn Đông;123456789",
            "this is the number of an older card (9 digits)",
        ),
        ("20;A Sáng;Chủ hộ;1990;;", "the hamlet of this household is not said"),
        ("20;A Sáng;Con;1990;Thôn Đông;", "this household has no head"),
        (
            "00012;A Sáng;Chủ hộ;1990;Thôn Đông;",
            "the household number 00012 is taken",
        ),
        (
            "20;A Sáng;Chủ hộ;1990;Thôn Đông;001051000123",
            "whoever has this number is in household 12",
        ),
        (
            "20;Nguyen Van Thuan;Chủ hộ;12/03/1951;Thôn Đông;",
            "may be here already: somebody in household 12, Thôn Đông has this name and birth",
        ),
    ];
    for (row, wanted) in cases {
        let list = list(&desk, format!("{header}{row}\n")).await;
        let preview = desk.job("preview_import", list).await;
        assert_eq!(wrong(&preview), [(2, wanted.to_owned())], "{row}");
        assert_eq!(preview["n_households"], 0, "{row}");
    }
    let twice =
        format!("{header}20;A Sáng;Chủ hộ;1990;Thôn Đông;001090000777\n21;B Lan;Chủ hộ;1991;Thôn Đông;001090000777\n");
    let preview = desk.job("preview_import", list(&desk, twice).await).await;
    let both = [
        (2, "has the identity number of row 3".to_owned()),
        (3, "has the identity number of row 2".to_owned()),
    ];
    assert_eq!(wrong(&preview), both);
    let heads = format!("{header}20;A Sáng;Chủ hộ;1990;Thôn Đông;\n20;B Lan;Chủ hộ;1991;Thôn Đông;\n");
    let preview = desk.job("preview_import", list(&desk, heads).await).await;
    assert_eq!(
        wrong(&preview),
        [(3, "this household has its head in row 2".to_owned())]
    );

    // Somebody who is only alike comes in where that is said.
    let alike = format!("{header}20;Nguyen Van Thuan;Chủ hộ;12/03/1951;Thôn Đông;\n");
    let mut request = list(&desk, alike).await;
    request["with_look_alikes"] = json!(true);
    let preview = desk.job("preview_import", request).await;
    assert_eq!((&preview["n_households"], &preview["n_notes"]), (&json!(1), &json!(1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_read_in_the_letters_it_was_written_in_or_refused() {
    let desk = Desk::open().await;
    let text = "Họ tên\tQuan hệ\nĐặng Thị Ngọ\tChủ hộ\n";
    let wide = |bytes: fn(u16) -> [u8; 2], mark: u16| {
        let units = std::iter::once(mark).chain(text.encode_utf16());
        units.flat_map(bytes).collect::<Vec<u8>>()
    };
    // ọ is o with a dot below, ộ is ô with one: so Windows-1258 writes them.
    let windows = b"H\xf2\xf2 t\xean\tQuan h\xea\xf2\n\xd0\xe3\xf2ng Th\x69\xf2 Ngo\xf2\tChu\xd2 h\xf4\xf2\n".to_vec();
    let windows: Vec<u8> = [b"Ho".as_slice(), windows.get(2..).unwrap()].concat();
    for (name, bytes) in [
        ("UTF-8", text.as_bytes().to_vec()),
        ("UTF-8 with its mark", format!("\u{feff}{text}").into_bytes()),
        ("UTF-16 LE", wide(u16::to_le_bytes, 0xFEFF)),
        ("UTF-16 BE", wide(u16::to_be_bytes, 0xFEFF)),
        ("Windows-1258", windows),
    ] {
        let reading = read(&desk, bytes).await;
        assert_eq!(reading["columns"][0]["samples"], json!(["Đặng Thị Ngọ"]), "{name}");
        assert_eq!(reading["columns"][1]["target"], "relation", "{name}");
    }
    let lines = "Họ tên,Quan hệ\r\n\r\n\"Lò Thị\r\nMai\",Chủ hộ\r\n,\r\n\r\nLò Văn Na,Bạn";
    let mut request = list(&desk, lines).await;
    request["hamlet"] = json!("Thôn Đông");
    let preview = desk.job("preview_import", request).await;
    assert_eq!(preview["problems"][0]["row"], 6, "as a spreadsheet counts");
    assert_eq!(preview["problems"].as_array().unwrap().len(), 1);

    let too_long = "a,b\n".repeat(1_000_000);
    let wide = "x,".repeat(300);
    let long_cell = format!("a,\"{}", "x".repeat(3_000));
    for (name, bytes) in [
        ("nothing", Vec::new()),
        ("blank", b"  \n \n".to_vec()),
        ("a picture", b"\x89PNG\r\n\x1a\n".to_vec()),
        ("an old workbook", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec()),
        ("half a workbook", b"PK\x03\x04half".to_vec()),
        (
            "TCVN3",
            b"H\xe4 t\xean,Quan h\xd6\nNguy\xd4n V\xa8n,Ch\xF1 h\xe9\n".to_vec(),
        ),
        ("zeros", vec![b'a', 0, 0, b'b']),
        ("a million rows", too_long.into_bytes()),
        ("300 columns", wide.into_bytes()),
        ("an open quotation", long_cell.into_bytes()),
    ] {
        let request = json!({ "bytes": base64(&bytes), "language": "vi" });
        let failure = refused(&desk, "read_table", request).await;
        assert_eq!(failure.code, "list_refused", "{name}");
        assert!(!failure.problems[0].vi.is_empty(), "{name}");
    }
    assert_eq!(n_households(&desk).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_thousand_rows_come_in_without_the_three_hundred_that_are_wrong() {
    let desk = Desk::open().await;
    let mut text = "Số hộ,Họ tên,Quan hệ,Ngày sinh,Thôn\n".to_owned();
    for household in 0..2_500 {
        for (member, relation) in ["Chủ hộ", "Vợ", "Con", "Con"].into_iter().enumerate() {
            // One row in each of the first 300 households.
            let birth = if household < 300 && member == 3 {
                "31/02/2001".to_owned()
            } else {
                (1950 + member).to_string()
            };
            text.push_str(&format!(
                "{},Người {household} {member},{relation},{birth},Thôn Đông\n",
                household + 1
            ));
        }
    }
    let list = list(&desk, &text).await;
    let preview = desk.job("preview_import", list.clone()).await;
    let of = |name: &str| preview[name].as_u64().unwrap();
    assert_eq!(
        (of("n_rows"), of("n_problems"), of("n_rows_left_out")),
        (10_000, 300, 1_200)
    );
    assert_eq!(
        preview["problems"].as_array().unwrap().len(),
        200,
        "the rest stands in the file of problems"
    );
    let request = json!({ "list": list, "file_name": "a.csv", "digest": preview["digest"] });
    let started = std::time::Instant::now();
    let imported = desk.job("import_roster", request).await;
    eprintln!("imported in {:?}", started.elapsed());
    assert_eq!(
        (&imported["n_households"], &imported["n_persons"]),
        (&json!(2_200), &json!(8_800))
    );
    let started = std::time::Instant::now();
    desk.job("undo_import", json!({ "import": imported["import"] })).await;
    eprintln!("taken back in {:?}", started.elapsed());
    assert_eq!(n_households(&desk).await, 0);
}

/// A workbook of one sheet with these cells, as XML.
fn workbook(cells: &str) -> Vec<u8> {
    use std::io::Write;
    let mut parts = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let files = [
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r0\" Type=\"{relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{relations}\"><sheets><sheet name=\"Hộ\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"{relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{cells}</sheetData></worksheet>"),
        ),
    ];
    for (name, text) in files {
        parts.start_file(name, options).unwrap();
        parts.write_all(text.as_bytes()).unwrap();
    }
    parts.finish().unwrap().into_inner()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_gives_its_days_and_the_stored_values_of_formulas() {
    let desk = Desk::open().await;
    let text = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let head = format!(
        "<row r=\"1\">{}{}{}{}</row>",
        text("A1", "Họ tên"),
        text("B1", "Quan hệ"),
        text("C1", "Ngày sinh"),
        text("D1", "CCCD")
    );
    let row = |n: usize, birth: &str, number: &str| {
        format!(
            "<row r=\"{n}\">{}{}{birth}{number}</row>",
            text(&format!("A{n}"), &format!("Lò Văn Số {n}")),
            text(&format!("B{n}"), "Chủ hộ")
        )
    };
    let cells = [
        head,
        row(2, "<c r=\"C2\" s=\"1\"><v>18699</v></c>", ""),
        row(3, "<c r=\"C3\"><f>1900+51</f><v>1951</v></c>", ""),
        row(4, "<c r=\"C4\"><v>18699</v></c>", ""),
        row(5, "<c r=\"C5\" s=\"1\"><v>1951</v></c>", ""),
        row(6, "<c r=\"C6\"><v>1951</v></c>", "<c r=\"D6\"><v>1051000123</v></c>"),
        row(7, "<c r=\"C7\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>", ""),
    ];
    let bytes = workbook(&cells.concat());
    let mut list = list(&desk, &bytes).await;
    list["hamlet"] = json!("Thôn Đông");
    let preview = desk.job("preview_import", list.clone()).await;
    let expected = [
        (4, "this is a number, not a day"),
        (5, "this looks like a year that is shown as a day"),
        (
            6,
            "the identity number has only 10 digits: Excel dropped the zeros in front",
        ),
        (7, "this cell is an error of the spreadsheet"),
    ];
    assert_eq!(wrong(&preview), expected.map(|(row, said)| (row, said.to_owned())));
    desk.job(
        "import_roster",
        json!({ "list": list, "file_name": "a.xlsx", "digest": preview["digest"] }),
    )
    .await;
    let hit = desk.ok("search", json!({ "text": "Lò Văn Số 2" })).await["hits"][0]["household"].clone();
    let file = desk.ok("open_household", json!({ "household": hit })).await;
    assert_eq!(file["persons"][0]["basics"][0]["answer"]["raw"], "1951-03-12");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_that_unpacks_without_end_is_refused() {
    let desk = Desk::open().await;
    for (said, cells) in [
        (
            "the file is too large",
            format!("<row r=\"1\">{}</row>", " ".repeat(200 * 1024 * 1024)),
        ),
        (
            "the list has more than 200 columns",
            "<row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row>".to_owned(),
        ),
        ("the file is damaged", "<row r=\"1\"><c r=\"A1\"><v>1".to_owned()),
    ] {
        let request = json!({ "bytes": base64(workbook(&cells)), "language": "vi" });
        let failure = refused(&desk, "read_table", request).await;
        assert_eq!(failure.code, "list_refused");
        assert!(
            failure.problems[0].en.starts_with(said),
            "{said}: {}",
            failure.problems[0].en
        );
    }
    // A cell in the last row a sheet can have costs no memory for the rows before it.
    let far =
        workbook("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row>");
    assert_eq!(read(&desk, far).await["n_rows"], 1);
}
