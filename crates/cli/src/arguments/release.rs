//! What may be typed behind `ansinh release`.

use std::path::PathBuf;

use ansinh_engine::Month;
use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::{EXIT_CODES, Spoken};

const NEW_EXAMPLES: &str = "\
Ví dụ · Examples:
  ansinh release new rules/vn draft                              bắt đầu từ một thư mục · begins with a folder
  ansinh release new vn-2.ansinh draft --key supervisor.key.pub  bắt đầu từ tệp đã ký · begins with a signed release

Số trong release.toml là số kế tiếp; ngày và tóm tắt do người ký ghi.
The number in release.toml is the next one; whoever signs says day and summary.";

const IMPACT_EXAMPLES: &str = "\
Ví dụ · Examples:
  ansinh release impact rules/vn draft commune.json --month 2026-12           ai được, ai mất, tốn bao nhiêu · who gains, who loses, the cost
  ansinh release impact rules/vn draft commune --month 2026-12 --months 12    một năm, thư mục hộ · a year, a folder of households
  ansinh release impact rules/vn vn-2.ansinh commune.json --key supervisor.key.pub --names
  ansinh release impact rules/vn draft commune.json --json | jq '.programmes[]'

Mỗi thay đổi được đếm một lần, ở tháng đầu tiên. Chỉ xét các chính sách có thể trả lời khác đi.
A change is counted once, in its first month. Only programmes that can answer otherwise are judged.";

const INSTALL_EXAMPLES: &str = "\
Ví dụ · Examples:
  ansinh release install vn-2.ansinh --data DIR --user NAME                     hỏi mật khẩu · asks for the password
  ansinh release install vn-2.ansinh --data DIR --user NAME --password-stdin < FILE

Đóng cửa sổ An Sinh trước. Khóa của người ký phải được tin cậy từ trước, trong màn hình “Bộ quy tắc”.
Close the window first. The signer's key must be trusted already, in the screen “Bộ quy tắc”: this command trusts nobody.";

const DIGEST_EXAMPLES: &str = "\
Examples:
  ansinh release digest rules/vn             says the digest, and which files differ from [files]
  ansinh release digest rules/vn --write     writes [files] of release.toml";

const DIFF_EXAMPLES: &str = "\
Examples:
  ansinh release diff rules/vn draft            in words, in Vietnamese
  ansinh release diff rules/vn draft --text     also the lines of the files
  ansinh release diff rules/vn draft --json | jq '.rules[].says'";

const KEY_EXAMPLES: &str = "\
Examples:
  ansinh release key new supervisor.key                    asks for a password; also writes supervisor.key.pub
  ansinh release key new supervisor.key --password-file FILE

Both files are minisign's: `minisign -R`, `minisign -S` and `minisign -V` read them. Give the .pub file to the communes; who
has it knows what this key signed. Keep the other one, and its password, to yourself.";

const SIGN_EXAMPLES: &str = "\
Examples:
  ansinh release sign rules/vn --key supervisor.key --number 2 --from 2026-12-01 -o vn-2.ansinh
  ansinh release sign rules/vn --key supervisor.key --number 2 --from 2026-12-01 -o vn-2.ansinh \\
      --summary-vi 'Mức chuẩn mới' --summary-en 'A new standard level'

The folder stays as it is: number, day and summary stand in the release.toml of the package. Worked cases are run by
`ansinh test`; here the rules are only checked.";

const VERIFY_EXAMPLES: &str = "\
Examples:
  ansinh release verify vn-2.ansinh --key supervisor.key.pub

With the standard tool instead of this one:
  sed -n 2,5p vn-2.ansinh > vn-2.minisig
  tail -n +6 vn-2.ansinh > vn-2
  minisign -Vm vn-2 -x vn-2.minisig -p supervisor.key.pub

A commune receives a release in the window, under “Bộ quy tắc”, or with `ansinh release install`.";

const UNPACK_EXAMPLES: &str = "\
Examples:
  ansinh release unpack vn-2.ansinh --key supervisor.key.pub -o vn-2
  ansinh test vn-2                                  runs its worked cases
  diff -r rules/vn vn-2                             what differs, word for word";

#[derive(Debug, Subcommand)]
pub(crate) enum ReleaseCommand {
    /// Bắt đầu bản kế tiếp · Writes the beginning of the next release into a new folder, to be edited
    #[command(after_help = format!("{NEW_EXAMPLES}\n\n{EXIT_CODES}"))]
    New(NewRelease),
    /// Dấu vân tay của bộ quy tắc · Says the digest of a folder of rules, and whether its files are as listed
    #[command(after_help = format!("{DIGEST_EXAMPLES}\n\n{EXIT_CODES}"))]
    Digest(Digest),
    /// So sánh hai bản · Says in words, and in text, what differs between two folders of rules
    #[command(after_help = format!("{DIFF_EXAMPLES}\n\n{EXIT_CODES}"))]
    Diff(Differ),
    /// Tác động lên các hộ · Says whom other rules answer otherwise, and what it costs
    #[command(after_help = format!("{IMPACT_EXAMPLES}\n\n{EXIT_CODES}"))]
    Impact(ImpactOf),
    /// Khóa ký · Keys that sign releases
    #[command(subcommand, arg_required_else_help = true)]
    Key(KeyCommand),
    /// Ký và đóng gói thành một tệp · Signs a folder of rules and packs it into one file
    #[command(after_help = format!("{SIGN_EXAMPLES}\n\n{EXIT_CODES}"))]
    Sign(Sign),
    /// Kiểm tra chữ ký và nội dung · Verifies a release: who signed it, that it is whole, and that its rules are right
    #[command(after_help = format!("{VERIFY_EXAMPLES}\n\n{EXIT_CODES}"))]
    Verify(Verify),
    /// Giải nén bộ quy tắc đã kiểm tra · Writes the files of a verified release into a new folder
    #[command(after_help = format!("{UNPACK_EXAMPLES}\n\n{EXIT_CODES}"))]
    Unpack(Unpack),
    /// Nhận bộ quy tắc vào dữ liệu trên máy · Receives a release into the data of an installed app, as its window does
    #[command(after_help = format!("{INSTALL_EXAMPLES}\n\n{EXIT_CODES}"))]
    Install(Install),
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeyCommand {
    /// Tạo khóa mới · Makes a key, protected by a password
    #[command(after_help = format!("{KEY_EXAMPLES}\n\n{EXIT_CODES}"))]
    New(NewKey),
}

#[derive(Debug, Args)]
pub(crate) struct NewRelease {
    /// A folder of rules, or a signed release
    #[arg(value_name = "FROM")]
    pub(crate) from: PathBuf,
    /// The folder to make; where it exists it must be empty
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// A public key that is trusted, where FROM is a signed release; may be given several times
    #[arg(long = "key", value_name = "PUB")]
    pub(crate) keys: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) spoken: Spoken,
}

#[derive(Debug, Args)]
pub(crate) struct Differ {
    /// The folder of rules before
    #[arg(value_name = "OLD")]
    pub(crate) old: PathBuf,
    /// The folder of rules after
    #[arg(value_name = "NEW")]
    pub(crate) new: PathBuf,
    /// Also show the lines of the files that differ
    #[arg(long)]
    pub(crate) text: bool,
    /// Print it as JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) spoken: Spoken,
}

#[derive(Debug, Args)]
pub(crate) struct Digest {
    /// A folder of rules
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Write the digests of the files into release.toml
    #[arg(long)]
    pub(crate) write: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Password {
    /// Take the password from the first line of this file; `-` reads standard input. Without it the terminal asks
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct NewKey {
    /// The file of the secret key; the public one is written beside it, with `.pub` at its end
    #[arg(value_name = "KEY")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) password: Password,
}

#[derive(Debug, Args)]
pub(crate) struct Sign {
    /// A folder of rules
    #[arg(value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// The secret key
    #[arg(long, value_name = "KEY")]
    pub(crate) key: PathBuf,
    #[command(flatten)]
    pub(crate) password: Password,
    /// Its number; that of release.toml where this is left out
    #[arg(long, value_name = "N")]
    pub(crate) number: Option<u32>,
    /// The first day on which it is in force; that of release.toml where this is left out
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<Date>,
    /// What it changes, in Vietnamese
    #[arg(long, value_name = "TEXT", requires = "summary_en")]
    pub(crate) summary_vi: Option<String>,
    /// What it changes, in English
    #[arg(long, value_name = "TEXT", requires = "summary_vi")]
    pub(crate) summary_en: Option<String>,
    /// The file to write; it must not exist yet
    #[arg(short = 'o', long, value_name = "FILE.ansinh")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// The release
    #[arg(value_name = "FILE.ansinh")]
    pub(crate) file: PathBuf,
    /// A public key that is trusted; may be given several times
    #[arg(long, value_name = "PUB", required = true)]
    pub(crate) key: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Unpack {
    #[command(flatten)]
    pub(crate) verify: Verify,
    /// The folder to make; it must not exist yet
    #[arg(short = 'o', long, value_name = "DIR")]
    pub(crate) out: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Install {
    /// The release
    #[arg(value_name = "FILE.ansinh")]
    pub(crate) package: PathBuf,
    /// The folder of the app's data
    #[arg(long, value_name = "DIR")]
    pub(crate) data: PathBuf,
    /// Who signs in: a supervisor
    #[arg(long, value_name = "NAME")]
    pub(crate) user: String,
    /// Take the password from the first line of standard input. Without it the terminal asks
    #[arg(long)]
    password_stdin: bool,
    #[command(flatten)]
    pub(crate) spoken: Spoken,
}

impl Install {
    pub(crate) fn password(&self) -> Password {
        Password {
            password_file: self.password_stdin.then(|| PathBuf::from("-")),
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct ImpactOf {
    /// The rules before: a folder, or a signed release
    #[arg(value_name = "OLD")]
    pub(crate) old: PathBuf,
    /// The rules after
    #[arg(value_name = "NEW")]
    pub(crate) new: PathBuf,
    /// A JSON array of households, as `ansinh sample` prints it, or a folder of household files
    #[arg(value_name = "HOUSEHOLDS")]
    pub(crate) households: PathBuf,
    /// The first month judged; without it, this month in Viet Nam
    #[arg(long, value_name = "2026-11", value_parser = super::month)]
    pub(crate) month: Option<Month>,
    /// So many months
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=60))]
    pub(crate) months: u8,
    /// A public key that is trusted, for signed releases; may be given several times
    #[arg(long = "key", value_name = "PUB")]
    pub(crate) keys: Vec<PathBuf>,
    /// Also list everybody who is answered otherwise, by name
    #[arg(long)]
    pub(crate) names: bool,
    /// Print it as JSON, names too
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) spoken: Spoken,
}
