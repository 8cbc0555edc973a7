//! `ansinh release key | sign | verify | unpack`: a folder of rules becomes one signed file, and back.
//!
//! Nothing is overwritten. What is refused leaves nothing behind.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use ansinh_engine::read::Text;
use ansinh_release::{
    Files, Head, Issue, KeyError, LARGEST_FOLDER, PackageError, PublicKey, Release, SigningKey, Verified,
    built_in_files, issued, new_key, read_folder, read_layers, verify_package,
};

use crate::arguments::{NewKey, Password, Sign, Unpack, Verify};
use crate::failure::{Failure, GOOD};
use crate::page::Page;

const LARGEST_KEY: u64 = 4096;

pub(crate) fn new(asked: &NewKey) -> Result<u8, Failure> {
    let public_file = public_beside(&asked.file);
    if asked.file.exists() || public_file.exists() {
        let text = format!("{}: there is a key already; nothing was written", asked.file.display());
        return Err(Failure::wrong_use(text));
    }
    let password = password(&asked.password, "Password for the new key: ")?;
    if asked.password.password_file.is_none() && password != typed("The same again: ")? {
        return Err(Failure::wrong_use("the two passwords differ; no key was made"));
    }
    let made = new_key(&password).map_err(key_failure)?;
    write_new(&asked.file, made.secret.as_bytes(), Access::Owner)?;
    write_new(&public_file, made.public.file().as_bytes(), Access::All)?;
    let mut page = Page::new();
    page.paragraph("", "  ", &format!("key {}", made.public.id()));
    page.paragraph("", "  ", &format!("secret: {}", asked.file.display()));
    page.paragraph(
        "",
        "  ",
        &format!("public: {}  {}", public_file.display(), made.public.line()),
    );
    page.show()?;
    Ok(GOOD)
}

pub(crate) fn sign(asked: &Sign) -> Result<u8, Failure> {
    let files = read_folder(&asked.folder)?;
    let head = Head::of(&files)?;
    let from = asked.from.or(head.from);
    let from = from.ok_or_else(|| Failure::wrong_use("say from which day it is in force: --from 2026-12-01"))?;
    // Its rules, alone or over those it extends, before anybody's name is put under them.
    Release::compile_without_cases(read_layers(std::slice::from_ref(&asked.folder))?.files)?;
    let summary = match (&asked.summary_vi, &asked.summary_en) {
        (Some(vi), Some(en)) => Some(Text {
            vi: vi.clone(),
            en: en.clone(),
        }),
        _ => head.summary,
    };
    let issue = Issue {
        number: asked.number.unwrap_or(head.number),
        from,
        summary,
        restores: head.restores,
    };
    let files = issued(&files, &issue)?;
    let secret =
        String::from_utf8(read_file(&asked.key, LARGEST_KEY)?).map_err(|_| key_failure(KeyError::NotSecret))?;
    let key = SigningKey::open(&secret, &password(&asked.password, "Password of the key: ")?).map_err(key_failure)?;
    let bytes = ansinh_release::sign(&files, &key).map_err(refused)?;
    write_new(&asked.out, &bytes, Access::All)?;
    let mut page = Page::new();
    page.paragraph(
        "",
        "  ",
        &format!(
            "{}: {} no. {}, in force from {}, signed with {}",
            asked.out.display(),
            head.id,
            issue.number,
            issue.from,
            key.id()
        ),
    );
    page.paragraph("", "", &format!("sha256:{}", ansinh_release::digest_of(&files)));
    page.show()?;
    Ok(GOOD)
}

pub(crate) fn verify(asked: &Verify) -> Result<u8, Failure> {
    let (verified, _) = verified(&asked.file, &asked.key)?;
    let head = &verified.head;
    let mut page = Page::new();
    page.paragraph(
        "",
        "  ",
        &format!("{} no. {}: {} · {}", head.id, head.number, head.title.vi, head.title.en),
    );
    if let Some(from) = head.from {
        page.paragraph("", "  ", &format!("in force from {from}"));
    }
    if let Some(summary) = &head.summary {
        page.paragraph("", "  ", &format!("{} · {}", summary.vi, summary.en));
    }
    if let Some(restored) = &head.restores {
        let why = &restored.why;
        page.paragraph(
            "",
            "  ",
            &format!("brings back no. {}: {} · {}", restored.number, why.vi, why.en),
        );
    }
    page.paragraph(
        "",
        "  ",
        &format!("signed with {}, {} files", verified.key, verified.files.len()),
    );
    page.paragraph("", "", &format!("sha256:{}", verified.digest));
    page.show()?;
    Ok(GOOD)
}

pub(crate) fn unpack(asked: &Unpack) -> Result<u8, Failure> {
    let (verified, _) = verified(&asked.verify.file, &asked.verify.key)?;
    fs::create_dir(&asked.out).map_err(|error| unreadable(&asked.out, &error))?;
    write_files(&asked.out, &verified.files)?;
    let mut page = Page::new();
    let (n, out) = (verified.files.len(), asked.out.display());
    page.paragraph(
        "",
        "  ",
        &format!(
            "{n} files of {} no. {} in {out}",
            verified.head.id, verified.head.number
        ),
    );
    page.show()?;
    Ok(GOOD)
}

/// Writes rule files below a folder that has none of them yet.
pub(crate) fn write_files(folder: &Path, files: &Files) -> Result<(), Failure> {
    for (path, bytes) in files {
        let file = folder.join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(|error| unreadable(folder, &error))?;
        }
        write_new(&file, bytes, Access::All)?;
    }
    Ok(())
}

/// Verifies a package against public keys, and compiles its rules, over those built in where it extends them.
pub(crate) fn verified(package: &Path, trusted: &[PathBuf]) -> Result<(Verified, Release), Failure> {
    let mut keys = Vec::new();
    for file in trusted {
        let text = String::from_utf8(read_file(file, LARGEST_KEY)?).unwrap_or_default();
        let key = PublicKey::read(&text);
        keys.push(key.map_err(|error| Failure::unreadable(format!("{}: {error}", file.display())))?);
    }
    let verified = verify_package(&read_file(package, LARGEST_FOLDER)?, &keys).map_err(refused)?;
    let base = verified.head.extends.as_ref().map(|_| built_in_files());
    let release = verified.compile(base.as_ref(), Vec::new()).map_err(refused)?;
    Ok((verified, release))
}

fn refused(error: PackageError) -> Failure {
    match error {
        PackageError::Release(error) => Failure::from(error).found(),
        PackageError::Key(error) => key_failure(error),
        error => Failure::wrong_use(error.to_string()).found(),
    }
}

fn key_failure(error: KeyError) -> Failure {
    match error {
        KeyError::NotPublic | KeyError::NotSecret => Failure::unreadable(error.to_string()),
        KeyError::WrongPassword | KeyError::ShortPassword { .. } => Failure::wrong_use(error.to_string()),
        KeyError::NotMade => Failure::internal(error.to_string()),
    }
}

pub(crate) fn password(asked: &Password, prompt: &str) -> Result<String, Failure> {
    let Some(file) = &asked.password_file else {
        return typed(prompt);
    };
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        let read = io::stdin().lock().take(LARGEST_KEY).read_to_end(&mut bytes);
        read.map_err(|error| unreadable(file, &error))?;
    } else {
        bytes = read_file(file, LARGEST_KEY)?;
    }
    let text = String::from_utf8(bytes).unwrap_or_default();
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

fn typed(prompt: &str) -> Result<String, Failure> {
    rpassword::prompt_password(prompt).map_err(|error| {
        let text = format!("no terminal asks for the password ({error}); give --password-file");
        Failure::wrong_use(text)
    })
}

fn public_beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".pub");
    PathBuf::from(name)
}

pub(crate) fn read_file(file: &Path, at_most: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    File::open(file)
        .and_then(|open| open.take(at_most + 1).read_to_end(&mut bytes))
        .map_err(|error| unreadable(file, &error))?;
    Ok(bytes)
}

/// Who may read a file that is written.
#[derive(Clone, Copy)]
enum Access {
    Owner,
    All,
}

fn write_new(file: &Path, bytes: &[u8], access: Access) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if let Access::Owner = access {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    #[cfg(not(unix))]
    let _ = access;
    options
        .open(file)
        .and_then(|mut open| open.write_all(bytes).and_then(|()| open.sync_all()))
        .map_err(|error| unreadable(file, &error))
}

pub(crate) fn unreadable(file: &Path, error: &io::Error) -> Failure {
    Failure::unreadable(format!("{}: {error}", file.display()))
}
