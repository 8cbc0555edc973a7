//! Names of nobody: common parts of Vietnamese names, put together by chance.

use super::dice::Dice;
use super::families::Sex;

/// Hamlets of the invented commune. The last ones lie in the hills.
pub(crate) const HAMLETS: [&str; 8] = [
    "Thôn Đông",
    "Thôn Đoài",
    "Thôn Trung",
    "Thôn Thượng",
    "Thôn Hạ",
    "Thôn Bến Đá",
    "Bản Suối Nứa",
    "Bản Đồi Chè",
];

/// The hamlets from this place on lie in the hills.
pub(crate) const FIRST_IN_THE_HILLS: usize = 6;

const FAMILY: [(usize, &str); 17] = [
    (110, "Trần"),
    (95, "Lê"),
    (70, "Phạm"),
    (51, "Hoàng"),
    (45, "Phan"),
    (39, "Vũ"),
    (39, "Đặng"),
    (21, "Bùi"),
    (20, "Đỗ"),
    (13, "Hồ"),
    (13, "Ngô"),
    (13, "Dương"),
    (12, "Lý"),
    (12, "Đinh"),
    (11, "Lương"),
    (10, "Mai"),
    (10, "Trịnh"),
];

const MIDDLE_OF_MEN: [&str; 12] = [
    "Văn", "Văn", "Văn", "Đức", "Hữu", "Xuân", "Quang", "Minh", "Đình", "Ngọc", "Gia", "Công",
];
const MIDDLE_OF_WOMEN: [&str; 12] = [
    "Thị",
    "Thị",
    "Thị",
    "Thị",
    "Thị Thu",
    "Thị Ngọc",
    "Thị Thanh",
    "Ngọc",
    "Thu",
    "Bích",
    "Kim",
    "Diệu",
];
const MEN: [&str; 32] = [
    "An",
    "Bình",
    "Chiến",
    "Cường",
    "Dũng",
    "Đạt",
    "Đông",
    "Hải",
    "Hậu",
    "Hiếu",
    "Hoàn",
    "Hưng",
    "Khải",
    "Khang",
    "Lâm",
    "Long",
    "Mạnh",
    "Nam",
    "Nghĩa",
    "Phong",
    "Phúc",
    "Quân",
    "Quyết",
    "Sơn",
    "Tài",
    "Thắng",
    "Thuận",
    "Tiến",
    "Toàn",
    "Trường",
    "Tuấn",
    "Việt",
];
const WOMEN: [&str; 32] = [
    "Anh",
    "Bưởi",
    "Chi",
    "Cúc",
    "Dung",
    "Duyên",
    "Đào",
    "Giang",
    "Hà",
    "Hạnh",
    "Hằng",
    "Hiền",
    "Hoa",
    "Huệ",
    "Hương",
    "Lan",
    "Liên",
    "Linh",
    "Loan",
    "Lựu",
    "Mai",
    "Mận",
    "Nga",
    "Nhung",
    "Oanh",
    "Phượng",
    "Quỳnh",
    "Sen",
    "Thảo",
    "Thơm",
    "Trang",
    "Yến",
];

/// Returns a family name.
pub(crate) fn family(dice: &mut Dice) -> &'static str {
    dice.weighted("Nguyễn", &FAMILY, 320)
}

/// Returns a whole name.
pub(crate) fn name(dice: &mut Dice, family: &str, sex: Sex) -> String {
    let (middle, given) = match sex {
        Sex::Male => (dice.pick(&MIDDLE_OF_MEN), dice.pick(&MEN)),
        Sex::Female => (dice.pick(&MIDDLE_OF_WOMEN), dice.pick(&WOMEN)),
    };
    format!("{family} {middle} {given}")
}
