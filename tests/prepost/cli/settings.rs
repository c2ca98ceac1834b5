//! What the settings of a plan change, and what they leave alone.

use super::{PLAN, SCORES, folder, prepost, statistic, stderr};

/// `statistics.csv` of a plan over some scores.
#[track_caller]
fn statistics(plan: &str, scores: &str) -> String {
    let dir = folder(&[("trial.toml", plan), ("scores.csv", scores)]);
    let run = prepost(dir.path(), &["analyze", "--no-figures"]);
    assert!(run.status.success(), "{}", stderr(&run));
    std::fs::read_to_string(dir.path().join("prepost-out/statistics.csv")).expect("statistics")
}

/// Three outcomes over the same eight people.
const THREE: &str = "id,a_pre,a_post,b_pre,b_post,c_pre,c_post\n1,10,6,5,5,3,4\n2,12,7,6,5,4,4\n3,14,8,7,9,5,7\n4,9,6,8,7,6,5\n5,11,9,9,8,7,9\n6,13,7,4,6,8,10\n7,15,12,3,2,9,9\n8,16,11,6,6,5,6\n";

fn three(analysis: &str) -> String {
    let outcome = |id: &str, role: &str| {
        format!("[[outcome]]\nid = \"{id}\"\ndirection = \"lower\"\nrole = \"{role}\"\npre = \"{id}_pre\"\npost = \"{id}_post\"\n")
    };
    format!(
        "[data]\nfiles = [\"scores.csv\"]\nsubject = \"id\"\n{}{}{}[analysis]\nbootstrap = 1000\n{analysis}\n",
        outcome("a", "primary"),
        outcome("b", "secondary"),
        outcome("c", "secondary")
    )
}

#[test]
fn families_are_adjusted_apart() {
    let p = |csv: &str, outcome: &str| statistic(csv, outcome, "paired_t", "p").expect("p");
    let by_role = statistics(&three(""), THREE);
    assert_eq!(statistic(&by_role, "a", "adjusted", "p_holm"), Some(p(&by_role, "a")), "a family of one");
    assert_eq!(statistic(&by_role, "b", "adjusted", "family_size"), Some(2.0));
    let (b, c) = (p(&by_role, "b"), p(&by_role, "c"));
    assert_eq!(statistic(&by_role, "c", "adjusted", "p_holm"), Some((2.0 * c.min(b)).min(1.0)), "c has the smaller p");

    let all = statistics(&three("family = \"all\"\nmultiplicity = \"bonferroni\""), THREE);
    assert_eq!(statistic(&all, "a", "adjusted", "family_size"), Some(3.0));
    assert_eq!(statistic(&all, "a", "adjusted", "p_bonferroni"), Some(3.0 * p(&all, "a")));
    let none = statistics(&three("multiplicity = \"none\""), THREE);
    assert_eq!(statistic(&none, "c", "adjusted", "p_none"), Some(c));
}

#[test]
fn the_deciding_test_is_the_one_adjusted() {
    for (test, method) in [("signed-rank", "signed_rank"), ("sign", "sign_test"), ("permutation", "permutation")] {
        let csv = statistics(&three(&format!("test = \"{test}\"\nmultiplicity = \"none\"")), THREE);
        assert_eq!(statistic(&csv, "a", "adjusted", "p_none"), statistic(&csv, "a", method, "p"), "{test}");
    }
}

#[test]
fn one_sided_halves_p_and_leaves_the_intervals() {
    let two = statistics(PLAN, SCORES);
    let one = statistics(&PLAN.replace("[analysis]", "[analysis]\nalternative = \"improvement\""), SCORES);
    let p = |csv: &str| statistic(csv, "bdi2", "paired_t", "p").expect("p");
    assert!((p(&one) / p(&two) - 0.5).abs() < 1e-12, "the scores fell, and lower is better");
    for (method, name) in [("paired_t", "ci_low"), ("paired_t", "ci_high"), ("d_av", "ci_low"), ("hodges_lehmann", "ci_high")] {
        assert_eq!(statistic(&one, "bdi2", method, name), statistic(&two, "bdi2", method, name), "{method} {name}");
    }
}

#[test]
fn the_direction_turns_benefit_and_nothing_else() {
    let lower = statistics(PLAN, SCORES);
    let higher = statistics(&PLAN.replace("\"lower\"", "\"higher\""), SCORES);
    let neither = statistics(&PLAN.replace("\"lower\"", "\"none\""), SCORES);
    for method in ["d_z", "d_av", "d_pre", "d_rm", "rank_biserial"] {
        let of = |csv: &str, name: &str| statistic(csv, "bdi2", method, name);
        assert_eq!(of(&lower, "estimate"), of(&higher, "estimate"), "{method}");
        assert_eq!(of(&lower, "benefit"), of(&higher, "benefit").map(|value| -value), "{method}");
        assert_eq!(of(&neither, "benefit"), None, "{method}");
    }
    let superiority = |csv: &str| statistic(csv, "bdi2", "p_superiority", "benefit").expect("a share");
    assert!((superiority(&lower) + superiority(&higher) - 1.0).abs() < 1e-15);
}

#[test]
fn the_seed_moves_what_is_random_and_only_that() {
    let csv = |seed: &str| statistics(&PLAN.replace("[analysis]", &format!("[analysis]\nseed = {seed}")), SCORES);
    let (one, two) = (csv("1"), csv("2"));
    for (a, b) in one.lines().zip(two.lines()) {
        let random = ["/bootstrap,", "/rank_biserial", "/density,"].iter().any(|part| a.contains(part));
        assert!(random || a == b, "{a}\n{b}");
    }
    assert_ne!(one, two);
}

#[test]
fn a_small_subgroup_is_withheld_with_its_complement() {
    let plan = PLAN.replace("subject = \"id\"", "subject = \"id\"\ngroup = \"site\"") + "[privacy]\nmin_cell = 3\n";
    let mut scores = "id,site,bdi_pre,bdi_post\n".to_owned();
    for (i, site) in ["N", "N", "S", "S", "S", "W", "W", "W", "W"].iter().enumerate() {
        scores.push_str(&format!("p{i},{site},{},{}\n", 20 + i, 12 + (i * 5) % 7));
    }
    let csv = statistics(&plan, &scores);
    let rows = |site: &str| csv.lines().filter(|line| line.contains(&format!(",site={site},"))).collect::<Vec<_>>();
    assert!(rows("N").iter().all(|line| line.ends_with("withheld: fewer than 3 people")), "{:?}", rows("N"));
    assert!(rows("S").iter().all(|line| line.ends_with("withheld: fewer than 3 people")), "N follows from S and the total");
    assert!(rows("W").iter().any(|line| line.contains(",n,4,")), "{:?}", rows("W"));
}

#[test]
fn people_without_a_group_stand_in_a_group_of_their_own() {
    let plan = PLAN.replace("subject = \"id\"", "subject = \"id\"\ngroup = \"site\"");
    let csv = statistics(&plan, "id,site,bdi_pre,bdi_post\na,N,20,12\nb,N,31,25\nc,,14,15\nd,,22,11\ne,N,21,11\n");
    assert!(csv.contains(",site=,describe,n,2,"), "{csv}");
}
