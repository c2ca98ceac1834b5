//! The literature, and who is cited where. A reference gets its number when it is first cited.

use super::document::{Inline, Target};

/// A work that a report may cite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Work {
    Algina2005,
    Anderson1957,
    Barnett2005,
    Becker1988,
    BenjaminiHochberg1995,
    BenjaminiYekutieli2001,
    Bonett2008,
    Bowker1948,
    Calamia2012,
    ClopperPearson1934,
    Cuijpers2017,
    Cumming2012,
    CummingFinch2001,
    DesJarlais2004,
    DixonMood1946,
    Dunn1961,
    Efron1987,
    EfronTibshirani1993,
    Hedges1981,
    Hochberg1988,
    HodgesLehmann1963,
    Holm1979,
    Hommel1988,
    HyndmanFan1996,
    IchE9R1,
    JacobsonTruax1991,
    Kerby2014,
    Lakens2013,
    LancasterThabane2019,
    Little2012,
    Maxwell1970,
    McNemar1947,
    MeeChua1991,
    Morgan1939,
    Newcombe1998,
    Oldham1962,
    PhipsonSmyth2010,
    Pitman1939,
    Pratt1959,
    Rosenthal1991,
    Rouder2009,
    Royston1995,
    Schuirmann1987,
    Steegen2016,
    StreitbergRoehmel1986,
    Stuart1955,
    Student1908,
    Tango1998,
    Whiteford2013,
    Wilcox2012,
    Wilcoxon1945,
    Wilson1927,
    Yuen1974,
}

/// The works cited so far, in order of first citation.
#[derive(Debug, Default)]
pub(super) struct Citations(Vec<Work>);

impl Citations {
    /// The number of `work`.
    pub fn number(&mut self, work: Work) -> usize {
        match self.0.iter().position(|cited| *cited == work) {
            Some(at) => at + 1,
            None => {
                self.0.push(work);
                self.0.len()
            }
        }
    }

    /// The list, in order of number.
    pub fn list(&self) -> Vec<Inline> {
        self.0.iter().map(|work| work.entry()).collect()
    }
}

impl Work {
    fn entry(self) -> Inline {
        let (text, doi) = self.record();
        let entry = Inline::from(text);
        if doi.is_empty() { entry } else { entry.text(" ").link(format!("doi:{doi}"), Target::Doi(doi)) }
    }

    /// The entry and its DOI, empty where the work has none.
    fn record(self) -> (&'static str, &'static str) {
        match self {
            Work::Algina2005 => (
                "Algina J, Keselman HJ, Penfield RD. Effect sizes and their intervals: the two-level repeated measures case. Educ Psychol Meas 2005;65:241–258.",
                "10.1177/0013164404268675",
            ),
            Work::Anderson1957 => (
                "Anderson TW. Maximum likelihood estimates for a multivariate normal distribution when some observations are missing. J Am Stat Assoc 1957;52:200–203.",
                "10.1080/01621459.1957.10501379",
            ),
            Work::Barnett2005 => (
                "Barnett AG, van der Pols JC, Dobson AJ. Regression to the mean: what it is and how to deal with it. Int J Epidemiol 2005;34:215–220.",
                "10.1093/ije/dyh299",
            ),
            Work::Becker1988 => (
                "Becker BJ. Synthesizing standardized mean-change measures. Br J Math Stat Psychol 1988;41:257–278.",
                "10.1111/j.2044-8317.1988.tb00901.x",
            ),
            Work::BenjaminiHochberg1995 => (
                "Benjamini Y, Hochberg Y. Controlling the false discovery rate: a practical and powerful approach to multiple testing. J R Stat Soc B 1995;57:289–300.",
                "10.1111/j.2517-6161.1995.tb02031.x",
            ),
            Work::BenjaminiYekutieli2001 => (
                "Benjamini Y, Yekutieli D. The control of the false discovery rate in multiple testing under dependency. Ann Stat 2001;29:1165–1188.",
                "10.1214/aos/1013699998",
            ),
            Work::Bonett2008 => (
                "Bonett DG. Confidence intervals for standardized linear contrasts of means. Psychol Methods 2008;13:99–109.",
                "10.1037/1082-989X.13.2.99",
            ),
            Work::Bowker1948 => {
                ("Bowker AH. A test for symmetry in contingency tables. J Am Stat Assoc 1948;43:572–574.", "10.1080/01621459.1948.10483284")
            }
            Work::Calamia2012 => (
                "Calamia M, Markon K, Tranel D. Scoring higher the second time around: meta-analyses of practice effects in neuropsychological assessment. Clin Neuropsychol 2012;26:543–570.",
                "10.1080/13854046.2012.680913",
            ),
            Work::ClopperPearson1934 => (
                "Clopper CJ, Pearson ES. The use of confidence or fiducial limits illustrated in the case of the binomial. Biometrika 1934;26:404–413.",
                "10.1093/biomet/26.4.404",
            ),
            Work::Cuijpers2017 => (
                "Cuijpers P, Weitz E, Cristea IA, Twisk J. Pre-post effect sizes should be avoided in meta-analyses. Epidemiol Psychiatr Sci 2017;26:364–368.",
                "10.1017/S2045796016000809",
            ),
            Work::Cumming2012 => (
                "Cumming G. Understanding the new statistics: effect sizes, confidence intervals, and meta-analysis. New York: Routledge; 2012.",
                "",
            ),
            Work::CummingFinch2001 => (
                "Cumming G, Finch S. A primer on the understanding, use, and calculation of confidence intervals that are based on central and noncentral distributions. Educ Psychol Meas 2001;61:532–574.",
                "10.1177/0013164401614002",
            ),
            Work::DesJarlais2004 => (
                "Des Jarlais DC, Lyles C, Crepaz N. Improving the reporting quality of nonrandomized evaluations of behavioral and public health interventions: the TREND statement. Am J Public Health 2004;94:361–366.",
                "10.2105/AJPH.94.3.361",
            ),
            Work::Dunn1961 => {
                ("Dunn OJ. Multiple comparisons among means. J Am Stat Assoc 1961;56:52–64.", "10.1080/01621459.1961.10482090")
            }
            Work::DixonMood1946 => ("Dixon WJ, Mood AM. The statistical sign test. J Am Stat Assoc 1946;41:557–566.", ""),
            Work::Efron1987 => {
                ("Efron B. Better bootstrap confidence intervals. J Am Stat Assoc 1987;82:171–185.", "10.1080/01621459.1987.10478410")
            }
            Work::EfronTibshirani1993 => ("Efron B, Tibshirani RJ. An introduction to the bootstrap. New York: Chapman & Hall; 1993.", ""),
            Work::Hedges1981 => (
                "Hedges LV. Distribution theory for Glass’s estimator of effect size and related estimators. J Educ Stat 1981;6:107–128.",
                "10.3102/10769986006002107",
            ),
            Work::Hochberg1988 => (
                "Hochberg Y. A sharper Bonferroni procedure for multiple tests of significance. Biometrika 1988;75:800–802.",
                "10.1093/biomet/75.4.800",
            ),
            Work::HodgesLehmann1963 => (
                "Hodges JL, Lehmann EL. Estimates of location based on rank tests. Ann Math Stat 1963;34:598–611.",
                "10.1214/aoms/1177704172",
            ),
            Work::Holm1979 => ("Holm S. A simple sequentially rejective multiple test procedure. Scand J Stat 1979;6:65–70.", ""),
            Work::Hommel1988 => (
                "Hommel G. A stagewise rejective multiple test procedure based on a modified Bonferroni test. Biometrika 1988;75:383–386.",
                "10.1093/biomet/75.2.383",
            ),
            Work::HyndmanFan1996 => {
                ("Hyndman RJ, Fan Y. Sample quantiles in statistical packages. Am Stat 1996;50:361–365.", "10.1080/00031305.1996.10473566")
            }
            Work::IchE9R1 => (
                "ICH. E9(R1): Addendum on estimands and sensitivity analysis in clinical trials to the guideline on statistical principles for clinical trials. Step 4, 20 November 2019.",
                "",
            ),
            Work::JacobsonTruax1991 => (
                "Jacobson NS, Truax P. Clinical significance: a statistical approach to defining meaningful change in psychotherapy research. J Consult Clin Psychol 1991;59:12–19.",
                "10.1037/0022-006X.59.1.12",
            ),
            Work::Kerby2014 => (
                "Kerby DS. The simple difference formula: an approach to teaching nonparametric correlation. Compr Psychol 2014;3:11.IT.3.1.",
                "10.2466/11.IT.3.1",
            ),
            Work::Lakens2013 => (
                "Lakens D. Calculating and reporting effect sizes to facilitate cumulative science: a practical primer for t-tests and ANOVAs. Front Psychol 2013;4:863.",
                "10.3389/fpsyg.2013.00863",
            ),
            Work::LancasterThabane2019 => (
                "Lancaster GA, Thabane L. Guidelines for reporting non-randomised pilot and feasibility studies. Pilot Feasibility Stud 2019;5:114.",
                "10.1186/s40814-019-0499-1",
            ),
            Work::Little2012 => (
                "Little RJ, D’Agostino R, Cohen ML, et al. The prevention and treatment of missing data in clinical trials. N Engl J Med 2012;367:1355–1360.",
                "10.1056/NEJMsr1203730",
            ),
            Work::Maxwell1970 => (
                "Maxwell AE. Comparing the classification of subjects by two independent judges. Br J Psychiatry 1970;116:651–655.",
                "10.1192/bjp.116.535.651",
            ),
            Work::McNemar1947 => (
                "McNemar Q. Note on the sampling error of the difference between correlated proportions or percentages. Psychometrika 1947;12:153–157.",
                "10.1007/BF02295996",
            ),
            Work::MeeChua1991 => ("Mee RW, Chua TC. Regression toward the mean and the paired sample t test. Am Stat 1991;45:39–42.", ""),
            Work::Morgan1939 => (
                "Morgan WA. A test for the significance of the difference between the two variances in a sample from a normal bivariate population. Biometrika 1939;31:13–19.",
                "10.1093/biomet/31.1-2.13",
            ),
            Work::Newcombe1998 => (
                "Newcombe RG. Improved confidence intervals for the difference between binomial proportions based on paired data. Stat Med 1998;17:2635–2650.",
                "10.1002/(SICI)1097-0258(19981130)17:22<2635::AID-SIM954>3.0.CO;2-C",
            ),
            Work::Oldham1962 => (
                "Oldham PD. A note on the analysis of repeated measurements of the same subjects. J Chronic Dis 1962;15:969–977.",
                "10.1016/0021-9681(62)90116-9",
            ),
            Work::PhipsonSmyth2010 => (
                "Phipson B, Smyth GK. Permutation p-values should never be zero: calculating exact p-values when permutations are randomly drawn. Stat Appl Genet Mol Biol 2010;9:39.",
                "10.2202/1544-6115.1585",
            ),
            Work::Pitman1939 => ("Pitman EJG. A note on normal correlation. Biometrika 1939;31:9–12.", "10.1093/biomet/31.1-2.9"),
            Work::Pratt1959 => (
                "Pratt JW. Remarks on zeros and ties in the Wilcoxon signed rank procedures. J Am Stat Assoc 1959;54:655–667.",
                "10.1080/01621459.1959.10501526",
            ),
            Work::Rosenthal1991 => ("Rosenthal R. Meta-analytic procedures for social research. Rev. ed. Newbury Park: Sage; 1991.", ""),
            Work::Rouder2009 => (
                "Rouder JN, Speckman PL, Sun D, Morey RD, Iverson G. Bayesian t tests for accepting and rejecting the null hypothesis. Psychon Bull Rev 2009;16:225–237.",
                "10.3758/PBR.16.2.225",
            ),
            Work::Royston1995 => (
                "Royston P. Remark AS R94: a remark on algorithm AS 181: the W-test for normality. Appl Stat 1995;44:547–551.",
                "10.2307/2986146",
            ),
            Work::Schuirmann1987 => (
                "Schuirmann DJ. A comparison of the two one-sided tests procedure and the power approach for assessing the equivalence of average bioavailability. J Pharmacokinet Biopharm 1987;15:657–680.",
                "10.1007/BF01068419",
            ),
            Work::Steegen2016 => (
                "Steegen S, Tuerlinckx F, Gelman A, Vanpaemel W. Increasing transparency through a multiverse analysis. Perspect Psychol Sci 2016;11:702–712.",
                "10.1177/1745691616658637",
            ),
            Work::StreitbergRoehmel1986 => (
                "Streitberg B, Röhmel J. Exact distributions for permutation and rank tests: an introduction to some recently published algorithms. Stat Softw Newsl 1986;12:10–17.",
                "",
            ),
            Work::Stuart1955 => (
                "Stuart A. A test for homogeneity of the marginal distributions in a two-way classification. Biometrika 1955;42:412–416.",
                "10.1093/biomet/42.3-4.412",
            ),
            Work::Student1908 => ("Student. The probable error of a mean. Biometrika 1908;6:1–25.", "10.1093/biomet/6.1.1"),
            Work::Tango1998 => (
                "Tango T. Equivalence test and confidence interval for the difference in proportions for the paired-sample design. Stat Med 1998;17:891–908.",
                "10.1002/(SICI)1097-0258(19980430)17:8<891::AID-SIM780>3.0.CO;2-B",
            ),
            Work::Whiteford2013 => (
                "Whiteford HA, Harris MG, McKeon G, et al. Estimating remission from untreated major depression: a systematic review and meta-analysis. Psychol Med 2013;43:1569–1585.",
                "10.1017/S0033291712001717",
            ),
            Work::Wilcox2012 => {
                ("Wilcox RR. Introduction to robust estimation and hypothesis testing. 3rd ed. Amsterdam: Academic Press; 2012.", "")
            }
            Work::Wilcoxon1945 => {
                ("Wilcoxon F. Individual comparisons by ranking methods. Biometrics Bull 1945;1:80–83.", "10.2307/3001968")
            }
            Work::Wilson1927 => (
                "Wilson EB. Probable inference, the law of succession, and statistical inference. J Am Stat Assoc 1927;22:209–212.",
                "10.1080/01621459.1927.10502953",
            ),
            Work::Yuen1974 => (
                "Yuen KK. The two-sample trimmed t for unequal population variances. Biometrika 1974;61:165–170.",
                "10.1093/biomet/61.1.165",
            ),
        }
    }
}
