//! What may be typed behind `ansinh`.

mod release;

use std::path::PathBuf;

use ansinh_engine::{Language, Month};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

pub(crate) use release::{
    Differ, Digest, ImpactOf, Install, KeyCommand, NewKey, NewRelease, Password, ReleaseCommand, Sign, Unpack, Verify,
};

const EXIT_CODES: &str = "\
Exit codes:
  0  answered, or nothing was found wrong
  1  errors in rules (with --deny warnings, also warnings), worked cases that failed,
     with fmt --check files not in their form, or a release that is not accepted
  2  wrong use: an unknown command, month, programme or person, a wrong password
  3  a file or folder that cannot be read, or a household file with mistakes
  4  an error inside the program, or output that could not be written";

const EXAMPLES: &str = "\
Examples:
  ansinh screen tests/households/a-man-of-78.json --month 2026-11
  ansinh explain tests/households/a-man-of-78.json social_pension --month 2025-12 --lang en
  ansinh calendar tests/households/b-orphan-girl.json --from 2026-11 --years 10
  ansinh check rules/vn
  ansinh test rules/vn
  ansinh sample --households 400 --seed 1 > commune.json";

const SCREEN_EXAMPLES: &str = "\
Examples:
  ansinh screen household.json                               this month, in Vietnamese
  ansinh screen household.json --month 2026-11 --lang en
  ansinh screen household.json --pdf summary.pdf             also the page the household takes home
  ansinh screen household.json --json | jq '.rows[].gives'
  ansinh screen household.json --rules rules/vn              with rules being edited
  ansinh screen household.json --overlay rules/vn-01-ha-noi  also by the province's own rules
  generate | ansinh screen -                                 a household from standard input

docs/household-file.md says what may stand in a household file.";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  ansinh explain household.json social_pension
  ansinh explain household.json monthly_social_allowance --person p2 --month 2026-11 --lang en";

const CALENDAR_EXAMPLES: &str = "\
Examples:
  ansinh calendar household.json                             the next ten years, in Vietnamese
  ansinh calendar household.json --from 2026-11 --years 20 --lang en
  ansinh calendar household.json --json | jq '.days[].on'";

const CHECK_EXAMPLES: &str = "\
Examples:
  ansinh check                       rules/vn in this folder, or else the rules built in
  ansinh check rules/vn --deny warnings
  ansinh check rules/vn rules/vn-01-ha-noi     a province's own rules over the national ones
  ansinh check rules/vn --json | jq '.[].code'
  ansinh check rules/vn --today 2027-07-01   which values are then due for another look
  ansinh check --explain E0102       what the code means, a wrong example, the right one

Of the findings errors refuse the rules; warnings do with --deny warnings; notes never do.
--json gives each finding with start and end: byte from 0, line from 1, column in characters from 1, utf16 from 0.";

const FMT_EXAMPLES: &str = "\
Examples:
  ansinh fmt                         rules/vn in this folder
  ansinh fmt rules/vn --check        names the files that are not in their form, and changes none
  ansinh fmt rules/vn/facts/health.toml

Spaces, blank lines and alignment are put right; words and comments stay. A file that is not TOML is left alone.
The digests in release.toml are of the bytes: write them again with ansinh release digest DIR --write.";

const TEST_EXAMPLES: &str = "\
Examples:
  ansinh test                        rules/vn in this folder, or else the rules built in
  ansinh test rules/vn --lang en
  ansinh test rules/vn rules/vn-01-ha-noi    the cases of a place, under its rules over the national ones
  ansinh test rules/vn --programme social_pension
  ansinh test rules/vn --coverage            also what of the rules no case has tested, file by file
  ansinh test rules/vn --mutate              changes the rules in one place after another: does a case notice?
  ansinh test rules/vn --json | jq '.coverage.files[] | {path, missing}'";

const LAW_EXAMPLES: &str = "\
Examples:
  ansinh law                         every legal text of rules/vn in this folder, or else of the rules built in
  ansinh law --article 'ND335 Đ5.1'  every rule that rests on it or on something inside it, with file and line
  ansinh law --article 'khoản 1 Điều 5 Nghị định 335/2026/NĐ-CP' --lang vi
  ansinh law --due --on 2027-11-22   what nobody has checked for a year, and what ends within a year
  ansinh law rules/vn rules/vn-01-ha-noi       also the texts of a place
  ansinh law --json | jq '.instruments[] | select(.n_citations == 0).id'
  ansinh law rules/vn --coverage-page --write  writes rules/vn/COVERAGE.md";

const SCHEMA_EXAMPLES: &str = "\
Examples:
  ansinh schema household > household.schema.json
  ansinh schema result > result.schema.json
  ansinh schema calendar > calendar.schema.json";

const SAMPLE_EXAMPLES: &str = "\
Examples:
  ansinh sample --households 400 --seed 1 > commune.json       one JSON array
  ansinh sample --households 400 --seed 1 --out commune        one file for each household
  ansinh sample --households 1 | jq '.[0]' | ansinh screen -";

/// Xét một hộ với các chính sách trợ giúp xã hội · Screens a household against every social-assistance programme
#[derive(Debug, Parser)]
#[command(name = "ansinh", version, arg_required_else_help = true)]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Xét một hộ · Screens a household for a month
    #[command(after_help = format!("{SCREEN_EXAMPLES}\n\n{EXIT_CODES}"))]
    Screen(Screen),
    /// Giải thích một kết luận · Explains the answer of one programme: criteria, values, arithmetic, articles, papers
    #[command(after_help = format!("{EXPLAIN_EXAMPLES}\n\n{EXIT_CODES}"))]
    Explain(Explain),
    /// Lịch của một hộ · Lists every day on which an answer or amount changes by time alone, and why
    #[command(after_help = format!("{CALENDAR_EXAMPLES}\n\n{EXIT_CODES}"))]
    Calendar(CalendarOf),
    /// Kiểm tra bộ quy tắc · Checks rule files
    #[command(after_help = format!("{CHECK_EXAMPLES}\n\n{EXIT_CODES}"))]
    Check(Check),
    /// Trình bày tệp quy tắc · Puts rule files into their form
    #[command(after_help = format!("{FMT_EXAMPLES}\n\n{EXIT_CODES}"))]
    Fmt(Fmt),
    /// Chạy các ca mẫu · Runs the worked cases of rule files
    #[command(after_help = format!("{TEST_EXAMPLES}\n\n{EXIT_CODES}"))]
    Test(Test),
    /// Sổ văn bản · Lists the legal texts, finds what rests on an article, names what is due for another look
    #[command(after_help = format!("{LAW_EXAMPLES}\n\n{EXIT_CODES}"))]
    Law(Law),
    /// Lược đồ JSON · Prints a JSON Schema (2020-12)
    #[command(after_help = format!("{SCHEMA_EXAMPLES}\n\n{EXIT_CODES}"))]
    Schema(Schema),
    /// Xã mẫu giả định · Makes an invented commune; the same rules and seed make the same bytes
    #[command(after_help = format!("{SAMPLE_EXAMPLES}\n\n{EXIT_CODES}"))]
    Sample(Sample),
    /// Bản phát hành · Works with releases of rules
    #[command(subcommand, arg_required_else_help = true)]
    Release(ReleaseCommand),
}

#[derive(Debug, Args)]
pub(crate) struct Screen {
    /// The household file; `-` reads standard input
    #[arg(value_name = "HOUSEHOLD.json")]
    pub(crate) household: PathBuf,
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// Print the report as JSON (see `ansinh schema result`)
    #[arg(long)]
    pub(crate) json: bool,
    /// Also say why for each programme that gives nothing this month, here and on paper
    #[arg(long)]
    pub(crate) reasons: bool,
    /// Also write the household's summary as a PDF
    #[arg(long, value_name = "FILE")]
    pub(crate) pdf: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The household file; `-` reads standard input
    #[arg(value_name = "HOUSEHOLD.json")]
    pub(crate) household: PathBuf,
    /// The programme's id, as in the rule files: social_pension
    #[arg(value_name = "PROGRAMME")]
    pub(crate) programme: String,
    /// Only for this person, by id
    #[arg(long, value_name = "ID")]
    pub(crate) person: Option<String>,
    #[command(flatten)]
    pub(crate) asked: Asked,
}

#[derive(Debug, Args)]
pub(crate) struct CalendarOf {
    /// The household file; `-` reads standard input
    #[arg(value_name = "HOUSEHOLD.json")]
    pub(crate) household: PathBuf,
    /// The month from which to look ahead; without it, this month in Viet Nam
    #[arg(long, value_name = "2026-11", value_parser = month)]
    pub(crate) from: Option<Month>,
    /// So many years ahead
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u8).range(1..=100))]
    pub(crate) years: u8,
    #[command(flatten)]
    pub(crate) spoken: Spoken,
    /// A folder of rules, instead of those built in
    #[arg(long, value_name = "DIR")]
    pub(crate) rules: Option<PathBuf>,
    /// A folder of a place's own rules, over the national ones; may be given for a province and for a commune of it
    #[arg(long = "overlay", value_name = "DIR")]
    pub(crate) overlays: Vec<PathBuf>,
    /// Print the calendar as JSON (see `ansinh schema calendar`)
    #[arg(long)]
    pub(crate) json: bool,
}

/// What is asked of a household, and under which rules.
#[derive(Debug, Args)]
pub(crate) struct Asked {
    /// The month judged; without it, this month in Viet Nam
    #[arg(long, value_name = "2026-11", value_parser = month)]
    pub(crate) month: Option<Month>,
    #[command(flatten)]
    pub(crate) spoken: Spoken,
    /// A folder of rules, instead of those built in
    #[arg(long, value_name = "DIR")]
    pub(crate) rules: Option<PathBuf>,
    /// A folder of a place's own rules, over the national ones; may be given for a province and for a commune of it
    #[arg(long = "overlay", value_name = "DIR")]
    pub(crate) overlays: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Spoken {
    /// Language of the answer
    #[arg(long, value_name = "vi|en", default_value = "vi", hide_possible_values = true)]
    lang: Lang,
}

impl Spoken {
    pub(crate) fn language(self) -> Language {
        match self.lang {
            Lang::Vi => Language::Vi,
            Lang::En => Language::En,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Lang {
    Vi,
    En,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// A folder of rules, and behind it folders of overlays; an overlay alone finds the rules it extends beside it
    #[arg(value_name = "DIR", conflicts_with = "explain")]
    pub(crate) folders: Vec<PathBuf>,
    /// Print the findings as a JSON array, for editors
    #[arg(long, conflicts_with = "explain")]
    pub(crate) json: bool,
    /// Count warnings as errors
    #[arg(long, value_name = "warnings", conflicts_with = "explain")]
    pub(crate) deny: Option<Deny>,
    /// The day on which reviews are due; without it, today in Viet Nam
    #[arg(long, value_name = "2026-11-22", conflicts_with = "explain")]
    pub(crate) today: Option<Date>,
    /// Say what a code means, with an example
    #[arg(long, value_name = "CODE")]
    pub(crate) explain: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Deny {
    Warnings,
}

#[derive(Debug, Args)]
pub(crate) struct Fmt {
    /// Folders of rules, or single files
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Change nothing; fail when a file is not in its form
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Test {
    /// A folder of rules, and behind it folders of overlays: then the cases of the overlays are run
    #[arg(value_name = "DIR")]
    pub(crate) folders: Vec<PathBuf>,
    /// Only the cases of this programme
    #[arg(long, value_name = "ID")]
    pub(crate) programme: Option<String>,
    /// List, by rule file, what no case has seen hold or fail
    #[arg(long)]
    pub(crate) coverage: bool,
    /// Fail where a case is missing
    #[arg(long, value_name = "uncovered", conflicts_with = "mutate")]
    pub(crate) deny: Option<DenyTest>,
    /// Change the rules in one small place at a time, and list the changes that no case notices
    #[arg(long, conflicts_with = "coverage")]
    pub(crate) mutate: bool,
    /// Print the results as JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) spoken: Spoken,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DenyTest {
    Uncovered,
}

#[derive(Debug, Args)]
pub(crate) struct Law {
    /// A folder of rules, and behind it folders of overlays
    #[arg(value_name = "DIR")]
    pub(crate) folders: Vec<PathBuf>,
    /// Find what rests on this article, clause, point, form or text, named as in rule files or in words
    #[arg(long, value_name = "ARTICLE", conflicts_with_all = ["due", "coverage_page"])]
    pub(crate) article: Option<String>,
    /// Name what nobody has checked for a year, and what ends within a year
    #[arg(long, conflicts_with = "coverage_page")]
    pub(crate) due: bool,
    /// The day on which it is due; without it, today in Viet Nam
    #[arg(long, value_name = "2026-11-22", requires = "due")]
    pub(crate) on: Option<Date>,
    /// Print the page, in both languages, that says which programmes the rules hold
    #[arg(long, conflicts_with = "json")]
    pub(crate) coverage_page: bool,
    /// Write that page into the folder, as COVERAGE.md
    #[arg(long, requires = "coverage_page")]
    pub(crate) write: bool,
    /// Print the answer as JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) spoken: Spoken,
}

#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// Of a household file, of the report of `screen --json`, or of `calendar --json`
    pub(crate) of: SchemaOf,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum SchemaOf {
    Household,
    Result,
    Calendar,
}

#[derive(Debug, Args)]
pub(crate) struct Sample {
    /// How many households
    #[arg(long, value_name = "N", default_value_t = 400, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub(crate) households: u32,
    /// Another seed makes another commune
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// A folder for one file per household; it is made when it is not there
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

fn month(text: &str) -> Result<Month, String> {
    Month::parse(text).ok_or_else(|| "a month is written like 2026-11".to_owned())
}
