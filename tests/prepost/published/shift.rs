//! Ordered bands before and after.

use prepost::stats::shift::{ShiftTable, bhapkar, bowker, stuart_maxwell};

fn table(rows: &[&[u64]]) -> ShiftTable {
    ShiftTable::from_counts(rows.iter().map(|row| row.to_vec()).collect()).unwrap()
}

/// Unaided distance vision of 7477 women, right and left eye: Stuart (1955), Biometrika 42:412, Q = 11.96 on 3; Agresti (2002),
/// Categorical Data Analysis, §10.4: Bhapkar 11.98, Bowker 19.11 on 6.
#[test]
fn unaided_vision() {
    let vision = table(&[&[1520, 266, 124, 66], &[234, 1512, 432, 78], &[117, 362, 1772, 205], &[36, 82, 179, 492]]);
    let (stuart, bhapkar, bowker) = (stuart_maxwell(&vision).unwrap(), bhapkar(&vision).unwrap(), bowker(&vision).unwrap());
    let found = [(stuart.statistic, stuart.df), (bhapkar.statistic, bhapkar.df), (bowker.statistic, bowker.df)];
    assert_eq!(
        found.map(|(statistic, df)| (format!("{statistic:.2}"), df)),
        [("11.96".into(), 3), ("11.98".into(), 3), ("19.11".into(), 6)]
    );
}

/// Two raters of 100 people in three classes (Fleiss, Levin & Paik 2003, Statistical Methods for Rates and Proportions): Stuart–Maxwell
/// 14.00 on 2, p = .000912; `mh_test` of R's `coin` agrees.
#[test]
fn two_raters() {
    let test = stuart_maxwell(&table(&[&[35, 5, 0], &[15, 20, 5], &[10, 5, 5]])).unwrap();
    assert_eq!((format!("{:.3}", test.statistic), test.df, format!("{:.6}", test.p.get())), ("14.000".into(), 2, "0.000912".into()));
}

/// Susceptibility of pathogens before therapy by two methods (Peterson et al. 2007), as Fagerland, Lydersen & Laake (2017), Statistical
/// Analysis of Contingency Tables, chapter 9, compute it: Stuart 26.250 on 3, Bhapkar 27.304 on 3, Bowker 26.250, for which they
/// count all six pairs of bands. Three of them are empty, and here cost no degree of freedom.
#[test]
fn pathogens_with_empty_pairs_of_bands() {
    let pathogens = table(&[&[596, 18, 6, 5], &[0, 2, 0, 0], &[0, 0, 42, 0], &[11, 0, 0, 0]]);
    let (stuart, bhapkar, bowker) = (stuart_maxwell(&pathogens).unwrap(), bhapkar(&pathogens).unwrap(), bowker(&pathogens).unwrap());
    assert_eq!((format!("{:.3}", stuart.statistic), stuart.df, format!("{:.6}", stuart.p.get())), ("26.250".into(), 3, "0.000008".into()));
    assert_eq!(
        (format!("{:.3}", bhapkar.statistic), bhapkar.df, format!("{:.6}", bhapkar.p.get())),
        ("27.304".into(), 3, "0.000005".into())
    );
    assert_eq!((format!("{:.3}", bowker.statistic), bowker.df), ("26.250".into(), 3));
}
