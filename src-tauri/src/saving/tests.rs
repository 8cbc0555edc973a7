#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use serde_json::json;

use super::*;

#[test]
fn a_file_is_taken_out_of_the_answer_and_decoded() {
    let file = json!({ "file_name": "tóm-tắt.pdf", "bytes": "JVBERi0=", "saved_to": null });
    let mut answer = json!({ "file": file, "code": "AS-1" });
    let taken = take_out(&mut answer).unwrap().unwrap();
    assert_eq!(
        taken,
        OutFile {
            file_name: "tóm-tắt.pdf".into(),
            bytes: b"%PDF-".to_vec()
        }
    );
    assert_eq!(answer["file"]["bytes"], Value::Null, "the page does not need the bytes");
    say_where(&mut answer, Path::new("/tmp/tóm-tắt.pdf"));
    assert_eq!(answer["file"]["saved_to"], "/tmp/tóm-tắt.pdf");
    assert_eq!(answer["code"], "AS-1", "the rest stays");

    let mut of_job = json!({ "n_done": 2, "answer": { "file": file } });
    assert!(take_out(&mut of_job).unwrap().is_ok());
    assert_eq!(of_job["answer"]["file"]["bytes"], Value::Null);
}

#[test]
fn an_answer_without_a_file_stays_as_it_is() {
    for mut answer in [
        json!({ "hits": [] }),
        json!({ "file": null }),
        json!({ "file": { "bytes": null } }),
        json!([1]),
        json!(null),
    ] {
        let before = answer.clone();
        assert_eq!(take_out(&mut answer), None);
        assert_eq!(answer, before);
    }
}

#[test]
fn a_file_name_does_not_lead_into_another_folder() {
    let mut answer = json!({ "file": { "file_name": "../../elsewhere/a.pdf", "bytes": "" } });
    assert_eq!(take_out(&mut answer).unwrap().unwrap().file_name, "a.pdf");
    let mut answer = json!({ "file": { "file_name": "..", "bytes": "" } });
    assert_eq!(take_out(&mut answer).unwrap(), Err(SavingError::NotAFile));
}

#[test]
fn a_folder_that_is_not_there_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("not there").join("a.pdf");
    let error = write(&path, b"x").unwrap_err();
    assert!(matches!(error, SavingError::NotWritten { path: said, .. } if said == path.display().to_string()));
}
