//! On random tables the ledger equals a recount that shares no code with the reader.

use std::collections::BTreeMap;

use prepost::trial::{Loss, RowFate};
use proptest::prelude::*;

use super::{Read, read};

/// A cell of a generated table: a score, or nothing.
fn cell() -> impl Strategy<Value = Option<i32>> {
    prop_oneof![4 => (0..60).prop_map(Some), 1 => Just(None)]
}

fn text(cell: Option<i32>) -> String {
    cell.map_or_else(String::new, |score| score.to_string())
}

/// Pairs and losses of one outcome, from what each subject has: no row, a row without score, a score.
type Has = Option<Option<i32>>;

fn recount(subjects: &BTreeMap<String, [Has; 2]>) -> (usize, BTreeMap<Loss, usize>) {
    let (mut pairs, mut losses) = (0, BTreeMap::new());
    for [pre, post] in subjects.values() {
        let loss = match (pre, post) {
            (Some(Some(_)), Some(Some(_))) => {
                pairs += 1;
                continue;
            }
            (None, Some(Some(_))) => Loss::NoPreRow,
            (Some(None), Some(Some(_))) => Loss::PreMissing,
            (Some(Some(_)), None) => Loss::NoPostRow,
            (Some(Some(_)), Some(None)) => Loss::PostMissing,
            _ => Loss::BothMissing,
        };
        *losses.entry(loss).or_default() += 1;
    }
    (pairs, losses)
}

fn assert_counts(read: &Read, subjects: &BTreeMap<String, [Has; 2]>, fates: &BTreeMap<RowFate, usize>) {
    let (pairs, losses) = recount(subjects);
    let Some(dataset) = &read.dataset else {
        assert_eq!(pairs, 0, "{:?}", read.problems);
        return;
    };
    let ledger = &dataset.ledger;
    assert!(ledger.reconciles());
    assert_eq!(ledger.subjects, subjects.len());
    assert_eq!(ledger.outcomes[0].pairs, pairs);
    assert_eq!(read.losses(0).into_iter().collect::<BTreeMap<_, _>>(), losses);
    assert_eq!(read.fates().into_iter().collect::<BTreeMap<_, _>>(), *fates);
    let scored = |side: usize| subjects.values().filter(|has| matches!(has[side], Some(Some(_)))).count();
    assert_eq!((ledger.outcomes[0].with_pre, ledger.outcomes[0].with_post), (scored(0), scored(1)));
    let got: Vec<String> = read.scores(0);
    let show = |has: &Has| has.flatten().map_or("-".to_owned(), |score| score.to_string());
    let expected: Vec<String> = subjects.iter().map(|(id, [pre, post])| format!("{id}: {} {}", show(pre), show(post))).collect();
    assert_eq!(got, expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn wide_tables(rows in prop::collection::vec((cell(), cell(), 0..4_u8, any::<bool>()), 1..40), order in any::<u64>()) {
        let mut file = String::from("id,keep,pre,post\n");
        let (mut subjects, mut fates) = (BTreeMap::new(), BTreeMap::new());
        for (i, (pre, post, keep, blank)) in rows.iter().enumerate() {
            let id = format!("S{}", (i as u64).wrapping_mul(order | 1) % 1_000_003 * 100 + i as u64);
            file += &format!("{id},{},{},{}\n", if *keep == 0 { "no" } else { "yes" }, text(*pre), text(*post));
            if *keep == 0 {
                *fates.entry(RowFate::Filtered).or_default() += 1;
            } else {
                *fates.entry(RowFate::Used).or_default() += 1;
                subjects.insert(id, [Some(*pre), Some(*post)]);
            }
            if *blank {
                file += if i % 2 == 0 { ",,,\n" } else { "\n" };
                *fates.entry(RowFate::Blank).or_default() += 1;
            }
        }
        let toml = super::wide_plan("where = { keep = \"yes\" }", "");
        assert_counts(&read(&toml, &[("scores.csv", file.as_bytes())]), &subjects, &fates);
    }

    #[test]
    fn long_tables(rows in prop::collection::vec((prop::option::of(cell()), prop::option::of(cell()), any::<bool>()), 2..40), turn in 0..1000_usize) {
        let mut lines = Vec::new();
        let (mut subjects, mut fates) = (BTreeMap::new(), BTreeMap::new());
        for (i, (pre, post, other)) in rows.iter().enumerate() {
            let id = format!("S{i}");
            for (visit, cell) in [("0", pre), ("1", post)] {
                if let Some(cell) = cell {
                    lines.push(format!("{id},{visit},{}\n", text(*cell)));
                    *fates.entry(RowFate::Used).or_default() += 1;
                }
            }
            if *other {
                lines.push(format!("{id},2,7\n"));
                *fates.entry(RowFate::OtherVisit).or_default() += 1;
            }
            if pre.is_some() || post.is_some() {
                subjects.insert(id, [*pre, *post]);
            }
        }
        prop_assume!(rows.iter().any(|row| row.0.is_some()) && rows.iter().any(|row| row.1.is_some()));
        let at = turn % lines.len();
        lines.rotate_left(at);
        let file = format!("id,visit,bdi\n{}", lines.concat());
        let toml = "[data]\nfiles = [\"a.csv\"]\nsubject = \"id\"\nvisit = \"visit\"\n[visits]\npre = \"0\"\npost = \"1\"\n[[outcome]]\nid = \"bdi\"\nvalue = \"bdi\"\n";
        assert_counts(&read(toml, &[("a.csv", file.as_bytes())]), &subjects, &fates);
    }
}

#[test]
fn the_order_of_rows_changes_nothing_but_the_hash() {
    let toml = "[data]\nfiles = [\"a.csv\"]\nsubject = \"id\"\nvisit = \"v\"\noutcome_column = \"o\"\nvalue = \"x\"\n\
        [visits]\npre = \"0\"\npost = \"1\"\n[[outcome]]\nid = \"all\"\nkey = \"*\"\n";
    let rows = ["A,0,q,1\n", "A,1,q,2\n", "B,0,p,3\n", "B,1,p,3\n", "C,1,q,\n", "A,2,q,2\n", "C,0,q,4\n", "A,0,p,4\n"];
    let file = |rows: &[&str]| format!("id,v,o,x\n{}", rows.concat());
    let first = read(toml, &[("a.csv", file(&rows).as_bytes())]);
    let turned: Vec<&str> = rows.iter().rev().copied().collect();
    let second = read(toml, &[("a.csv", file(&turned).as_bytes())]);
    assert_eq!(first.dataset().outcomes, second.dataset().outcomes);
    assert_eq!(first.dataset().ledger, second.dataset().ledger);
    assert_eq!(first.problems, second.problems);
}
