#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use ansinh_engine::read::Text;
use proptest::prelude::*;

use super::*;
use crate::{
    Earlier, HEAD, Issue, Mismatch, NewKey, PackageError, ReleaseError, Restored, built_in_files, issued, new_key,
    sha256, verify_package,
};

const PASSWORD: &str = "mật khẩu của khóa";
const HEAD_TEXT: &str = "# kept by hand\nlanguage = 1\nid = \"vn\"\nnumber = 3 # the third\n\
                         title = { vi = \"Bộ quy tắc\", en = \"Rules\" }\n\n[files]\n";

fn key() -> (NewKey, SigningKey) {
    let made = new_key(PASSWORD).unwrap();
    let key = SigningKey::open(&made.secret, PASSWORD).unwrap();
    (made, key)
}

fn small() -> Files {
    vec![
        ("facts/a.toml".into(), b"# one\n".to_vec()),
        ("facts/b.toml".into(), b"# two\n".to_vec()),
        ("release.toml".into(), HEAD_TEXT.into()),
    ]
}

fn issue(number: u32) -> Issue {
    Issue {
        number,
        from: "2026-12-01".parse().unwrap(),
        summary: Some(Text {
            vi: "Mức chuẩn mới".into(),
            en: "A new level".into(),
        }),
        restores: None,
    }
}

fn replaced(packed: &[u8], old: &str, new: &str) -> Vec<u8> {
    let text = String::from_utf8(packed.to_vec()).unwrap();
    assert!(text.contains(old), "`{old}` is not in it");
    text.replacen(old, new, 1).into_bytes()
}

#[test]
fn a_release_that_is_signed_is_read_again_with_what_it_says() {
    let (made, key) = key();
    let files = issued(&small(), &issue(4)).unwrap();
    let head = std::str::from_utf8(&files[2].1).unwrap();
    assert!(
        head.starts_with("# kept by hand") && head.contains("number = 4 # the third"),
        "{head}"
    );
    let bytes = sign(&files, &key).unwrap();
    let verified = verify_package(&bytes, std::slice::from_ref(&made.public)).unwrap();
    assert_eq!(verified.files, files, "what was packed is what comes out");
    assert_eq!(
        (verified.head.number, verified.key.as_str()),
        (4, made.public.id().as_str())
    );
    assert_eq!(verified.head.from.unwrap().to_string(), "2026-12-01");
    assert_eq!(verified.head.summary.unwrap().en, "A new level");
    assert_eq!(verified.digest, digest_of(&files));
    assert_eq!(signer_of(&bytes).unwrap(), made.public.id());
}

#[test]
fn what_comes_back_is_said_in_the_head() {
    let restores = Restored {
        number: 1,
        digest: "ab".repeat(32),
        why: Text {
            vi: "Sai mức".into(),
            en: "A wrong \"level\"".into(),
        },
    };
    let wanted = Issue {
        restores: Some(restores.clone()),
        summary: None,
        ..issue(5)
    };
    let files = issued(&issued(&small(), &issue(4)).unwrap(), &wanted).unwrap();
    let head = Head::of(&files).unwrap();
    assert_eq!((head.restores, head.summary), (Some(restores), None));
    let (_, found) = ansinh_engine::compile(&files, "");
    let unknown: Vec<String> = found
        .iter()
        .map(ToString::to_string)
        .filter(|found| found.contains("E0103"))
        .collect();
    assert!(unknown.is_empty(), "the checker knows every key of a head: {unknown:?}");
}

#[test]
fn a_package_that_was_touched_is_refused_wherever_it_was_touched() {
    let (made, key) = key();
    let bytes = sign(&issued(&small(), &issue(4)).unwrap(), &key).unwrap();
    let keys = [made.public];
    for at in 0..bytes.len() {
        let mut touched = bytes.clone();
        touched[at] ^= 1;
        // The first comment is the only part that nobody signed, and nothing is read from it.
        let in_comment = touched.split(|b| *b == b'\n').nth(1).is_some_and(|line| {
            line.starts_with(b"untrusted comment: ") && bytes.split(|b| *b == b'\n').nth(1) != Some(line)
        });
        match open(&touched, &keys) {
            Err(
                PackageError::BadSignature
                | PackageError::UnknownKey { .. }
                | PackageError::GarbledSignature
                | PackageError::NotAPackage
                | PackageError::NewerForm { .. },
            ) => {}
            Ok(_) if in_comment => {}
            other => panic!("byte {at}: {other:?}"),
        }
    }
    let shorter = &bytes[..bytes.len() - 1];
    assert!(matches!(open(shorter, &keys), Err(PackageError::BadSignature)));
}

/// Ten packages somebody made on purpose. Where the signature would tell already, it is the signature of a trusted key: what
/// is behind it must be refused all the same.
#[test]
fn hostile_packages_are_refused_each_with_its_own_error() {
    let (made, key) = key();
    let (_, other_key) = self::key();
    let keys = [made.public];
    let files = issued(&small(), &issue(4)).unwrap();
    let packed = pack(&files).unwrap();
    let comment = comment_of(&Head::of(&files).unwrap(), &digest_of(&files));
    let refused = |packed: &[u8]| verify_package(&seal(packed, &comment, &key).unwrap(), &keys).unwrap_err();
    let bytes = sign(&files, &key).unwrap();

    let zip = b"PK\x03\x04\x14\0\0\0\x08\0facts/a.toml".as_slice();
    assert!(matches!(verify_package(zip, &keys), Err(PackageError::NotAPackage)));

    let flipped = replaced(&bytes, "# one", "# onf");
    assert!(matches!(
        verify_package(&flipped, &keys),
        Err(PackageError::BadSignature)
    ));

    let by_other = sign(&files, &other_key).unwrap();
    let unknown = verify_package(&by_other, &keys).unwrap_err();
    assert!(matches!(unknown, PackageError::UnknownKey { key } if key == other_key.id()));

    let swapped = replaced(&replaced(&packed, "# one", "# 0ne"), "# two", "# one");
    let PackageError::Release(ReleaseError::Digests(found)) = refused(&swapped) else {
        panic!("swapped files");
    };
    let changed = |found: &Mismatch| matches!(found, Mismatch::Changed { .. });
    assert!(found.len() == 2 && found.iter().all(changed), "{found:?}");

    let without: Files = files
        .iter()
        .filter(|(path, _)| path != "facts/b.toml")
        .cloned()
        .collect();
    let missing = [Mismatch::Missing {
        path: "facts/b.toml".into(),
    }];
    assert!(
        matches!(refused(&pack(&without).unwrap()), PackageError::Release(ReleaseError::Digests(found)) if found == missing)
    );
    let mut with = files.clone();
    with.push(("facts/c.toml".into(), b"# three\n".to_vec()));
    let extra = [Mismatch::NotListed {
        path: "facts/c.toml".into(),
    }];
    assert!(
        matches!(refused(&pack(&with).unwrap()), PackageError::Release(ReleaseError::Digests(found)) if found == extra)
    );

    let twice = replaced(&packed, "facts/b.toml", "facts/a.toml");
    assert!(matches!(refused(&twice), PackageError::Twice { path } if path == "facts/a.toml"));

    for path in [
        "../../a.toml",
        "/etc/a.toml",
        "facts\\a.toml",
        "facts/./a.toml",
        "c:/a.toml",
        "Facts/a.toml",
        "a.exe",
    ] {
        let outside = replaced(&packed, "facts/a.toml", path);
        assert!(matches!(refused(&outside), PackageError::Path { .. }), "{path}");
    }

    let bomb = replaced(&packed, "file 6 facts/b.toml", "file 999999999999 facts/b.toml");
    assert!(matches!(refused(&bomb), PackageError::CutShort { path } if path == "facts/b.toml"));
    let huge = vec![b'a'; usize::try_from(LARGEST_FOLDER).unwrap() + 1];
    assert!(matches!(
        verify_package(&huge, &keys),
        Err(PackageError::TooLarge { .. })
    ));

    let turned: String = "file 0 b.toml\n\nfile 0 a.toml\n\nend 2\n".into();
    assert!(matches!(refused(turned.as_bytes()), PackageError::OutOfOrder { path } if path == "a.toml"));
    let behind = [packed.as_slice(), b"file 0 z.toml\n\n"].concat();
    assert!(matches!(refused(&behind), PackageError::Garbled { .. }));

    let future = issued(
        &vec![(
            HEAD.into(),
            HEAD_TEXT.replace("language = 1", "language = 2").into_bytes(),
        )],
        &issue(4),
    );
    assert!(matches!(
        refused(&pack(&future.unwrap()).unwrap()),
        PackageError::NewerLanguage { found: 2, supported: 1 }
    ));

    let another = issued(&small(), &issue(5)).unwrap();
    assert!(matches!(refused(&pack(&another).unwrap()), PackageError::OtherComment));
    assert!(matches!(
        refused(&pack(&small()).unwrap()),
        PackageError::NoDay | PackageError::Release(_)
    ));
}

#[test]
fn numbers_never_go_back() {
    let (made, key) = key();
    let verified = |number| {
        let bytes = sign(&issued(&small(), &issue(number)).unwrap(), &key).unwrap();
        verify_package(&bytes, std::slice::from_ref(&made.public)).unwrap()
    };
    let known = |number, digest: &str| Earlier {
        number,
        digest: digest.to_owned(),
    };
    let four = verified(4);
    assert!(four.follows(&[]).is_ok());
    assert!(four.follows(&[known(1, "x"), known(3, "y")]).is_ok());
    let earlier = [known(5, "x"), known(1, "y")];
    assert!(matches!(
        four.follows(&earlier),
        Err(PackageError::OlderNumber { number: 4, known: 5 })
    ));
    assert!(
        matches!(four.follows(&[known(4, "x")]), Err(PackageError::SameNumber { number: 4, known }) if known == "x")
    );
    assert!(matches!(
        four.follows(&[known(4, &four.digest), known(9, "z")]),
        Err(PackageError::HereAlready)
    ));
}

#[test]
fn a_key_opens_with_its_password_alone() {
    let made = new_key(PASSWORD).unwrap();
    assert_eq!(
        SigningKey::open(&made.secret, "mật khẩu khác").unwrap_err(),
        KeyError::WrongPassword
    );
    assert_eq!(SigningKey::open("nothing", PASSWORD).unwrap_err(), KeyError::NotSecret);
    assert_eq!(new_key("ngắn").unwrap_err(), KeyError::ShortPassword { at_least: 8 });
    assert_eq!(PublicKey::read(&made.public.file()).unwrap(), made.public);
    assert_eq!(PublicKey::read(&made.public.line()).unwrap(), made.public);
    for nothing in ["", "RWQ", &made.secret] {
        assert_eq!(PublicKey::read(nothing).unwrap_err(), KeyError::NotPublic, "{nothing}");
    }
    assert!(!format!("{made:?}").contains(made.secret.lines().nth(1).unwrap()));
}

#[test]
fn the_national_rules_travel_whole() {
    let (made, key) = key();
    let files = issued(&built_in_files(), &issue(2)).unwrap();
    let verified = verify_package(&sign(&files, &key).unwrap(), &[made.public]).unwrap();
    assert_eq!(verified.files, files);
    assert!(
        files
            .iter()
            .any(|(_, bytes)| sha256(bytes) == sha256(&verified.files[0].1))
    );
}

fn paths() -> impl Strategy<Value = Vec<(String, Vec<u8>)>> {
    let path = "[a-z0-9_-]{1,6}(/[a-z0-9_-]{1,6}){0,3}";
    let file = (path, proptest::collection::vec(any::<u8>(), 0..60));
    proptest::collection::btree_map(file.0.prop_map(|path| format!("{path}.toml")), file.1, 0..12)
        .prop_map(|files| files.into_iter().collect())
}

proptest! {
    #[test]
    fn what_is_packed_comes_out_the_same(files in paths()) {
        let packed = pack(&files).unwrap();
        let out = unpack(&packed).unwrap();
        prop_assert_eq!(&out, &files);
        prop_assert_eq!(pack(&out).unwrap(), packed, "there is one way to write it");
    }

    #[test]
    fn whatever_is_read_is_written_the_same(bytes in proptest::collection::vec(any::<u8>(), 0..200), files in paths()) {
        let mut packed = pack(&files).unwrap();
        for byte in bytes {
            let at = usize::from(byte) % packed.len();
            packed[at] = byte;
            if let Ok(files) = unpack(&packed) {
                prop_assert_eq!(pack(&files).unwrap(), packed.clone());
            }
        }
    }
}
