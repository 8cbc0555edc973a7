//! `ansinh release digest`: the digest of a folder of rules, and the list of digests in its `release.toml`.

use ansinh_release::{Mismatch, ReleaseError, digest_of, read_folder, verify_files, write_digests};

use crate::arguments::Digest;
use crate::failure::{FOUND, Failure, GOOD};
use crate::page::Page;

pub(crate) fn digest(asked: &Digest) -> Result<u8, Failure> {
    let mut page = Page::new();
    if asked.write && write_digests(&asked.folder)? {
        page.paragraph("", "  ", "release.toml: the digests of the files were written");
    }
    let files = read_folder(&asked.folder)?;
    page.paragraph("", "", &format!("sha256:{}", digest_of(&files)));
    let code = match verify_files(&files) {
        Ok(()) => {
            page.paragraph("", "", &format!("{} files, all as listed in release.toml", files.len()));
            GOOD
        }
        Err(ReleaseError::Digests(mismatches)) => {
            for mismatch in &mismatches {
                page.paragraph("  ", "    ", &mismatch.to_string());
                if let Mismatch::Changed { listed, found, .. } = mismatch {
                    page.paragraph("    ", "    ", &format!("listed {listed}"));
                    page.paragraph("    ", "    ", &format!("found  {found}"));
                }
            }
            let n = mismatches.len();
            page.paragraph(
                "",
                "  ",
                &format!("{n} of the files are not as listed in release.toml; write the list with --write"),
            );
            FOUND
        }
        Err(error) => return Err(error.into()),
    };
    page.show()?;
    Ok(code)
}
