//! A paper is listed once, with all that it proves.

use super::*;

fn paper(proves: &str, seen: bool) -> Paper {
    Paper {
        id: "birth_certificate".to_owned(),
        title: "Giấy khai sinh".to_owned(),
        from: "Ủy ban nhân dân cấp xã".to_owned(),
        proves: proves.to_owned(),
        seen,
    }
}

#[test]
fn a_paper_seen_for_one_child_is_still_needed_for_the_other() {
    let (first, second) = (paper("ngày sinh (An)", true), paper("ngày sinh (Bình)", false));
    let mut bring = Bring {
        who: "Mẹ",
        papers: Vec::new(),
    };
    for paper in [&first, &second, &first] {
        bring.add(paper);
    }
    let listed: Vec<_> = bring.papers.iter().map(|paper| (&paper.proves, paper.seen)).collect();
    assert_eq!(listed, [(&vec!["ngày sinh (An)", "ngày sinh (Bình)"], false)]);
}
