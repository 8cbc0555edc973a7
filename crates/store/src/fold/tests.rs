use super::{exact_key, folded_key, initials};

fn check(text: &str, exact: &str, folded: &str, first_letters: &str) {
    assert_eq!(exact_key(text), exact, "exact key of {text}");
    assert_eq!(folded_key(text), folded, "folded key of {text}");
    assert_eq!(initials(text), first_letters, "initials of {text}");
}

#[test]
fn vietnamese_names_are_folded() {
    check("Nguyễn Văn  An", " nguyễn văn an", " nguyen van an", "nva");
    check("Đỗ Thị Ước", " đỗ thị ước", " do thi uoc", "dtu");
    check("H'Hen Niê", " h hen niê", " h hen nie", "hhn");
    check("", "", "", "");
}

#[test]
fn composed_and_decomposed_letters_are_the_same() {
    let decomposed = "Nguye\u{302}\u{303}n";
    check(decomposed, " nguyễn", " nguyen", "n");
}
