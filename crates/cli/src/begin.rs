//! `ansinh release new`: the beginning of the next release, as a folder to edit. Nothing is overwritten.

use std::fs;
use std::path::{Path, PathBuf};

use ansinh_release::{Files, Head, Release, begun, read_folder, read_layers};

use crate::arguments::NewRelease;
use crate::failure::{Failure, GOOD};
use crate::page::Page;
use crate::signing::{unreadable, verified, write_files};

pub(crate) fn begin(asked: &NewRelease) -> Result<u8, Failure> {
    let language = asked.spoken.language();
    let folder = &asked.folder;
    if fs::symlink_metadata(folder).is_ok() {
        let mut inside = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
        if inside.next().is_some() {
            let name = folder.display();
            let (vi, en) = (
                format!("{name}: thư mục đã có tệp; chưa ghi gì. Chọn thư mục mới hoặc thư mục rỗng"),
                format!("{name}: there are files already; nothing was written. Choose a new folder, or an empty one"),
            );
            return Err(Failure::wrong_use(language.pick(&vi, &en)));
        }
    }
    let files = if asked.from.is_dir() {
        read_folder(&asked.from)?
    } else {
        package(&asked.from, &asked.keys)?.0
    };
    let (before, files) = (Head::of(&files)?, begun(&files)?);
    fs::create_dir_all(folder).map_err(|error| unreadable(folder, &error))?;
    write_files(folder, &files)?;
    let (id, number, next, n) = (&before.id, before.number, Head::of(&files)?.number, files.len());
    let name = folder.display();
    let mut page = Page::new();
    let (vi, en) = (
        format!("{name}: {id} số {next}, bắt đầu từ số {number}, {n} tệp"),
        format!("{name}: {id} no. {next}, begun with no. {number}, {n} files"),
    );
    page.paragraph("", "  ", language.pick(&vi, &en));
    page.paragraph("", "  ", language.pick("Sửa tệp, rồi:", "Edit the files, then:"));
    page.raw(&format!("  ansinh release digest {name} --write\n"));
    page.raw(&format!("  ansinh check {name}\n  ansinh test {name}\n"));
    if asked.from.is_dir() {
        page.raw(&format!("  ansinh release diff {} {name}\n", asked.from.display()));
    }
    page.show()?;
    Ok(GOOD)
}

/// Returns the rules of a folder, or of a package signed with one of the keys.
pub(crate) fn release_of(source: &Path, keys: &[PathBuf]) -> Result<Release, Failure> {
    if source.is_dir() {
        return Ok(Release::compile_without_cases(
            read_layers(&[source.to_path_buf()])?.files,
        )?);
    }
    Ok(package(source, keys)?.1)
}

fn package(file: &Path, keys: &[PathBuf]) -> Result<(Files, Release), Failure> {
    fs::metadata(file).map_err(|error| unreadable(file, &error))?;
    if keys.is_empty() {
        let text = "is a file: say which key is trusted to have signed it, with --key PUB";
        return Err(Failure::wrong_use(format!("{}: {text}", file.display())));
    }
    let (verified, release) = verified(file, keys)?;
    Ok((verified.files, release))
}
