//! Reliable and clinically significant change.

use prepost::stats::Pairs;
use prepost::stats::clinical::{
    Better, CutoffKind, Measure, Method, Norms, ReliableChange, Sample, Verdict, change_from_t, class_shares, classify, cutoff,
    measurement_error,
};

/// Two decimals, half up.
fn hundredths(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

fn measure(better: Better, clinical: Norms, reliability: f64, pairs: &Pairs) -> Measure {
    Measure { better, clinical, reliability, reliability_post: None, practice: None, sample: Sample::of(pairs) }
}

/// Jacobson & Truax (1991), J Consult Clin Psychol 59:12, the example of the text: clinical mean 40, functional mean 60, both
/// SD 7.5, reliability .80. SE 3.35, S_diff 4.74; from 32.5 to 47.5 RC = 3.16; cut-offs a = 55, b = 45, c = 50.
#[test]
fn the_example_of_jacobson_and_truax() {
    let (clinical, functional) = (Norms { mean: 40.0, sd: 7.5, n: None }, Norms { mean: 60.0, sd: 7.5, n: None });
    let error = measurement_error(7.5, 0.8, 1.96).unwrap();
    assert_eq!((hundredths(error.sem), hundredths(error.s_diff)), (3.35, 4.74));
    let pairs = Pairs::from_f64(&[32.5], &[47.5]);
    let rule = ReliableChange::new(Method::Jt, &measure(Better::Higher, clinical, 0.8, &pairs), None).unwrap();
    let (index, verdict) = rule.judge(pairs.pre(), pairs.post())[0];
    assert_eq!((hundredths(index), verdict), (3.16, Verdict::ReliablyImproved));
    let at = |kind| cutoff(kind, Some(&clinical), Some(&functional), Better::Higher).unwrap().value;
    assert_eq!([CutoffKind::A, CutoffKind::B, CutoffKind::C].map(at), [55.0, 45.0, 50.0]);
    // 47.5 is reliably better, beyond b and short of c and a.
    let class = |kind| {
        let line = cutoff(kind, Some(&clinical), Some(&functional), Better::Higher).unwrap();
        let classes = class_shares(&classify(&rule, Some(&line), pairs.pre(), pairs.post()), 0.95).unwrap();
        classes.recovered.ok().unwrap().count
    };
    assert_eq!([CutoffKind::A, CutoffKind::B, CutoffKind::C].map(class), [0, 1, 0]);
}

/// Dyadic Adjustment Scale of the 30 couples of Jacobson & Truax (1991), table 2, before and after marital therapy (Jacobson et al.
/// 1989, Behav Res Ther 27:173): higher is better. The data stand in the R packages `rciplot`, `JTRCI` and `mindmetrics` alike.
#[rustfmt::skip]
const DAS: [(f64, f64); 30] = [
    (90.5, 97.0), (74.0, 124.0), (97.0, 97.5), (73.5, 88.0), (61.0, 96.5), (66.5, 62.5), (68.5, 112.5), (86.5, 103.5),
    (88.5, 90.0), (68.5, 82.5), (98.0, 105.0), (80.5, 99.5), (89.5, 112.5), (91.5, 101.0), (83.5, 99.5), (60.5, 79.5),
    (83.0, 88.0), (88.0, 100.5), (98.5, 119.0), (78.5, 116.0), (99.5, 116.0), (79.5, 129.0), (84.5, 113.0), (92.5, 118.0),
    (93.0, 92.0), (85.0, 114.0), (64.0, 68.0), (61.0, 52.0), (80.0, 60.5), (82.5, 104.5),
];

/// Global Distress Scale of the same couples, lower is better; four have no score after.
#[rustfmt::skip]
const GDS: [(f64, f64); 26] = [
    (68.0, 62.5), (74.5, 56.0), (58.5, 58.0), (73.5, 71.0), (78.5, 60.5), (76.0, 77.0), (76.5, 58.5), (63.0, 52.0),
    (70.0, 65.5), (75.0, 73.0), (63.5, 64.0), (73.5, 55.5), (71.5, 53.0), (63.5, 55.0), (57.0, 50.0), (75.0, 78.0),
    (63.0, 65.5), (75.0, 62.0), (71.5, 60.5), (68.0, 51.0), (75.5, 50.0), (67.5, 44.0), (62.5, 55.5), (69.5, 56.0),
    (61.0, 60.5), (67.0, 47.5),
];

fn columns(rows: &[(f64, f64)]) -> Pairs {
    let (pre, post): (Vec<f64>, Vec<f64>) = rows.iter().copied().unzip();
    Pairs::from_f64(&pre, &post)
}

/// What the R package `clinicalsignificance` 1.x prints for these data (`jacobson_1989`, its recorded output), reliability .80 and
/// cut-off a: recovered, improved, unchanged, deteriorated. For Hageman and Arrindell it draws another cut-off: there only who
/// improved reliably (17) can be compared.
#[test]
fn couples_by_six_methods() {
    let pairs = columns(&GDS);
    let measure = measure(Better::Lower, Sample::of(&pairs).clinical(), 0.8, &pairs);
    let line = cutoff(CutoffKind::A, Some(&measure.clinical), None, Better::Lower).unwrap();
    let classes = |method| {
        let rule = ReliableChange::new(method, &measure, None).unwrap();
        let classes = class_shares(&classify(&rule, Some(&line), pairs.pre(), pairs.post()), 0.95).unwrap();
        [classes.recovered.ok().unwrap().count, classes.improved.count, classes.unchanged.count, classes.deteriorated.count]
    };
    for (method, expected) in [
        (Method::Jt, [10, 4, 12, 0]),
        (Method::Gln, [12, 4, 10, 0]),
        (Method::Hll, [7, 0, 11, 8]),
        (Method::En, [12, 5, 9, 0]),
        (Method::Nk, [12, 4, 10, 0]),
    ] {
        assert_eq!(classes(method), expected, "{method:?}");
    }
    let [recovered, improved, unchanged, deteriorated] = classes(Method::Ha);
    assert_eq!((recovered + improved, unchanged, deteriorated), (17, 9, 0));
}

/// Table 2 by hand. The 30 pre scores sum to 2447.5, their squares to 203730.75, so that M = 81.583 and SD = 11.826. At r = .88 the
/// smallest detectable change is 1.96 · 11.826 · √.24 = 11.355: 19 couples gained more and one lost more. Against the norm of
/// Spanier (1976), 114.8 with SD 17.8, c = 94.84: 14 of the 19 came from below it and ended above it. (The classes that the paper
/// prints rest on its own standard error and are not compared.)
#[test]
fn couples_against_the_norm() {
    let pairs = columns(&DAS);
    let (pre, clinical) = (pairs.pre().to_f64(), Sample::of(&pairs).clinical());
    assert_eq!((pre.iter().sum::<f64>(), pre.iter().map(|x| x * x).sum::<f64>()), (2447.5, 203_730.75));
    assert_eq!((hundredths(clinical.mean), hundredths(clinical.sd)), (81.58, 11.83));
    let functional = Norms { mean: 114.8, sd: 17.8, n: None };
    let line = cutoff(CutoffKind::C, Some(&clinical), Some(&functional), Better::Higher).unwrap();
    assert_eq!(hundredths(line.value), 94.84);
    let rule = ReliableChange::new(Method::Jt, &measure(Better::Higher, clinical, 0.88, &pairs), None).unwrap();
    assert_eq!(rule.points().map(hundredths), Some(11.35));
    let classes = class_shares(&classify(&rule, Some(&line), pairs.pre(), pairs.post()), 0.95).unwrap();
    assert_eq!((classes.recovered.ok().unwrap().count, classes.improved.count), (14, 5));
    assert_eq!((classes.unchanged.count, classes.deteriorated.count), (10, 1));
}

/// Smallest detectable change from an SD of 5.84 and an ICC of .73: 1.96 · √2 · 5.84 · √.27 = 8.41.
#[test]
fn smallest_detectable_change() {
    assert_eq!(hundredths(measurement_error(5.84, 0.73, 1.96).unwrap().smallest_detectable_change), 8.41);
}

/// A difference of 11.5 with t = 13.303 in 112 people: SD of the change 9.149, d_z 1.257.
#[test]
fn standard_deviation_of_change_from_a_published_t() {
    let change = change_from_t(11.5, 13.303, 112).unwrap();
    assert_eq!((format!("{:.3}", change.sd_change), format!("{:.3}", change.d_z)), ("9.149".into(), "1.257".into()));
}
