//! The methods paragraph, generated from the plan as used and from what was computed.

use super::{heading, methods_meaning, paragraph};
use crate::plan::{Family, Procedure, WantedChange, ZeroRule};
use crate::report::document::{Block, Inline};
use crate::report::reference::{Citations, Work};
use crate::report::source::Source;
use crate::report::words;
use crate::results::{Analysis, Finding, Method, number};

pub(in crate::report) fn section(source: &Source, citations: &mut Citations) -> Vec<Block> {
    let paragraphs: [fn(&Source, &mut Citations) -> Inline; 9] = [
        design,
        tests,
        checks,
        effects,
        intervals,
        methods_meaning::people,
        methods_meaning::explanations,
        methods_meaning::sensitivity,
        multiplicity,
    ];
    let mut blocks = vec![heading("Methods")];
    blocks.extend(paragraphs.into_iter().map(|write| write(source, citations)).filter(|text| !text.0.is_empty()).map(paragraph));
    blocks
}

fn design(source: &Source, citations: &mut Citations) -> Inline {
    let inferred = if source.results.provenance.plan_inferred {
        " The plan was inferred from the header of the data, not declared beforehand."
    } else {
        " Outcomes, their roles, the deciding test and the headline effect size were taken from the plan."
    };
    let imputed = match source.settings().carried_forward.is_empty() {
        true => " Nothing was imputed.",
        false => " Nothing was imputed but in the rows that say so (observations carried forward), which decide nothing.",
    };
    let kept = if source.plan().data.keep_where.is_empty() { "" } else { " Only rows that met the filter of the plan were used." };
    Inline::from("This is a single-arm pre/post analysis without a comparison group. Change is post \u{2212} pre within a person, formed on the decimals as recorded, so that equal changes are equal. All analyses of an outcome rest on the same complete pairs, the people with both scores, but for those of missing scores; everyone left out is counted with the reason.")
        .text(imputed)
        .text(inferred)
        .text(kept)
        .text(" Scores are described by mean, SD, median and quartiles (type 7")
        .cite(citations.number(Work::HyndmanFan1996))
        .text("); the intervals of the pre and post means are Student\u{2019}s.")
}

fn tests(source: &Source, citations: &mut Citations) -> Inline {
    let settings = source.settings();
    let level = number::level_percent(settings.conf_level);
    let sided = match settings.alternative {
        WantedChange::TwoSided => "two-sided",
        WantedChange::Improvement => "one-sided, for improvement",
        WantedChange::Worsening => "one-sided, for worsening",
    };
    let mut text = Inline::from("The test that decides is the ").join(words::method(source.deciding())).text(format!(" ({sided})"));
    for work in works_of_test(source.deciding(), settings.zeros) {
        text = text.cite(citations.number(*work));
    }
    let alpha = words::alpha(settings.conf_level);
    let level_of_test = match settings.alternative {
        WantedChange::TwoSided => format!("\u{3b1} = {alpha}"),
        _ => format!(
            "\u{3b1} = {alpha}, all of it on one side, so that a test may show a change while the two-sided interval covers 0; scales without a better direction are tested two-sided"
        ),
    };
    let compared = if settings.multiplicity == Procedure::None { "Its p-value" } else { "Its adjusted p-value" };
    text.text(format!(
        ". {compared} is compared with {level_of_test}. Confidence intervals are two-sided at {level} throughout. The other tests are reported for every outcome as checks of robustness, without adjustment; none was chosen by its result or by a test of normality."
    ))
}

fn works_of_test(method: Method, zeros: ZeroRule) -> &'static [Work] {
    match (method, zeros) {
        (Method::PairedT, _) => &[Work::Student1908],
        (Method::SignedRank, ZeroRule::Pratt) => &[Work::Wilcoxon1945, Work::Pratt1959],
        (Method::SignedRank, ZeroRule::Drop) => &[Work::Wilcoxon1945],
        (Method::SignTest, _) => &[Work::DixonMood1946],
        (Method::Permutation, _) => &[Work::PhipsonSmyth2010],
        _ => &[],
    }
}

/// What else was computed, and how.
fn checks(source: &Source, citations: &mut Citations) -> Inline {
    let mut text = Inline::new();
    if source.uses(Method::PairedT) {
        text =
            text.text("The interval of the mean change is that of the paired t-test").cite(citations.number(Work::Student1908)).text(". ");
    }
    if source.uses(Method::SignedRank) {
        let planned = match source.settings().zeros {
            ZeroRule::Pratt => "changes of zero are ranked with the others and their ranks then left out (Pratt)",
            ZeroRule::Drop => "changes of zero are dropped before ranking",
        };
        text = text
            .text(format!(
                "Wilcoxon\u{2019}s signed-rank test uses midranks for ties; by the plan {planned}, and the other rule is shown beside it"
            ))
            .cite(citations.number(Work::Wilcoxon1945))
            .cite(citations.number(Work::Pratt1959))
            .text(". ")
            .text(signed_rank_computation(source))
            .cite(citations.number(Work::StreitbergRoehmel1986))
            .text(". ");
    }
    if source.uses(Method::Permutation) {
        let (how, drawn) = permutation_computation(source);
        text = text.text(how).cite(citations.number(if drawn { Work::PhipsonSmyth2010 } else { Work::StreitbergRoehmel1986 }));
        text = text.text(". ");
    }
    if source.uses(Method::SignTest) {
        text = text
            .text("The sign test is the exact binomial test on the people who changed, changes of zero set aside")
            .cite(citations.number(Work::DixonMood1946))
            .text(", with the Clopper\u{2013}Pearson interval of the share that rose")
            .cite(citations.number(Work::ClopperPearson1934))
            .text(". ");
    }
    if source.uses(Method::HodgesLehmann) {
        text = text
            .text("The Hodges\u{2013}Lehmann estimate is the median of all Walsh averages, changes of zero included")
            .cite(citations.number(Work::HodgesLehmann1963))
            .text("; its interval lies between two ordered Walsh averages by the signed-rank distribution without ties, so that with ties it covers at least what it says. The interval of the median change, zeros included, lies between two order statistics by the binomial distribution. Both can attain certain levels only; the level attained is given beside them. ");
    }
    if source.uses(Method::Yuen) {
        text = text
            .text("Yuen\u{2019}s test compares the 20\u{a0}% trimmed means of pre and post, with winsorised variances and their covariance")
            .cite(citations.number(Work::Yuen1974))
            .cite(citations.number(Work::Wilcox2012))
            .text(", with the robust d of Algina and colleagues")
            .cite(citations.number(Work::Algina2005))
            .text(". ");
    }
    if source.uses(Method::PitmanMorgan) {
        text = text
            .text("Equality of the pre and post variances is examined by the Pitman\u{2013}Morgan test")
            .cite(citations.number(Work::Pitman1939))
            .cite(citations.number(Work::Morgan1939))
            .text("; the correlation of pre and post is Pearson\u{2019}s r with the interval by Fisher\u{2019}s z. ");
    }
    if source.uses(Method::ShapiroWilk) {
        text = text
            .text("The Shapiro\u{2013}Wilk statistic of the changes")
            .cite(citations.number(Work::Royston1995))
            .text(" is given for information.");
    }
    text
}

fn signed_rank_computation(source: &Source) -> &'static str {
    let exact: Vec<bool> = source
        .all(Method::SignedRank)
        .filter_map(|analysis| match analysis.finding.ok() {
            Some(Finding::SignedRank(record)) => Some(record.p_exact.ok().is_some()),
            _ => None,
        })
        .collect();
    match (exact.contains(&true), exact.contains(&false)) {
        (_, false) => "Its p-values are exact, conditional on the observed ties and zeros, a two-sided p being twice the smaller tail",
        (true, true) => {
            "Its p-values are exact, conditional on the observed ties and zeros, where the table of the outcome says so, else by the normal approximation (with continuity correction where zeros are dropped)"
        }
        (false, true) => {
            "Its p-values are by the normal approximation (with continuity correction where zeros are dropped); the exact distribution was out of reach"
        }
    }
}

/// The sentence, and whether any signs were drawn at random.
fn permutation_computation(source: &Source) -> (String, bool) {
    let drawn: Vec<usize> = source
        .all(Method::Permutation)
        .filter_map(|analysis| match analysis.finding.ok() {
            Some(Finding::Permutation(record)) => Some(record.n_permutations),
            _ => None,
        })
        .collect();
    let random = drawn.iter().copied().max().unwrap_or_default();
    let start = "The permutation test compares the mean change with its distribution over the signs of the changes";
    let times = number::count(random);
    let sentence = match (drawn.contains(&0), random) {
        (_, 0) => format!("{start}, all combinations taken, so that p is exact"),
        (false, _) => format!("{start}, drawn at random up to {times} times, the observed signs counted among them"),
        (true, _) => format!(
            "{start}: exactly, over all combinations, where that is within reach, else drawn at random up to {times} times, the observed signs counted among them"
        ),
    };
    (sentence, random > 0)
}

fn effects(source: &Source, citations: &mut Citations) -> Inline {
    let mut text = Inline::from("The headline effect size is ")
        .join(words::method(source.headline()))
        .text(". It describes the change within one group; it must not be read or pooled as if it came from a controlled comparison")
        .cite(citations.number(Work::Cuijpers2017))
        .text(". ");
    let symbol = words::method;
    if source.uses(Method::DAv) {
        text = text
            .join(symbol(Method::DAv))
            .text(" is the mean change over the root of the mean of the pre and post variances")
            .cite(citations.number(Work::Cumming2012))
            .cite(citations.number(Work::Lakens2013))
            .text(", with Bonett\u{2019}s normal-theory interval, which does not assume equal variances")
            .cite(citations.number(Work::Bonett2008))
            .text(". ");
    }
    if source.uses(Method::DPre) {
        text = text
            .join(symbol(Method::DPre))
            .text(" is the mean change over the pre SD")
            .cite(citations.number(Work::Becker1988))
            .text(", with Bonett\u{2019}s normal-theory interval")
            .cite(citations.number(Work::Bonett2008))
            .text(". ");
    }
    if source.uses(Method::DZ) {
        text = text
            .join(symbol(Method::DZ))
            .text(" is the mean change over the SD of change; its interval inverts the noncentral t distribution, exact for normal changes")
            .cite(citations.number(Work::CummingFinch2001))
            .text(". ");
    }
    if source.uses(Method::DRm) {
        text = text.join(symbol(Method::DRm)).text(" is given as a point estimate, because no calibrated interval is known. ");
    }
    text = text
        .text("Estimates and intervals are those without small-sample correction; corrected estimates stand beside them, by Hedges\u{2019} exact form")
        .cite(citations.number(Work::Hedges1981))
        .text(" with n \u{2212} 1 degrees of freedom");
    if source.uses(Method::DAv) {
        text = text
            .text(", which for ")
            .join(symbol(Method::DAv))
            .text(" is a convention; a nearly unbiased form, with 2(n \u{2212} 1)/(1 + r\u{b2}) degrees of freedom, is given with it");
    }
    text = text.text(". When changes are clearly skewed these intervals may cover less than they say, and a remark says so. ");
    if source.uses(Method::RankBiserial) || source.uses(Method::RankBiserialPratt) || source.uses(Method::RankBiserialDrop) {
        text = text
            .text("The matched-pairs rank-biserial correlation")
            .cite(citations.number(Work::Kerby2014))
            .text(" is shown under both rules for zeros, with a bootstrap interval. ");
    }
    if source.uses(Method::PSuperiority) {
        text = text
            .text("The probability of superiority is the share of people whose post score is higher, unchanged people counting half; its interval is Tango\u{2019}s score interval of the difference between the shares that rose and fell, carried over to this scale")
            .cite(citations.number(Work::Tango1998))
            .text(". ");
    }
    if source.uses(Method::WilcoxonR) {
        text = text.text("r = z/\u{221a}N").cite(citations.number(Work::Rosenthal1991)).text(" is given because it is often reported.");
    }
    text
}

/// The bootstrap as it was run.
fn intervals(source: &Source, citations: &mut Citations) -> Inline {
    let used: Vec<usize> = source
        .all(Method::Bootstrap)
        .filter_map(|analysis| match analysis.finding.ok() {
            Some(Finding::Bootstrap(record)) => Some(record.replicates),
            _ => None,
        })
        .collect();
    let (Some(least), Some(most)) = (used.iter().min(), used.iter().max()) else { return Inline::new() };
    let replicates = if least == most {
        format!("{} replicates", number::count(*most))
    } else {
        format!("{} to {} replicates (fewer where many people make each replicate costly)", number::count(*least), number::count(*most))
    };
    Inline::from(format!(
        "Bootstrap intervals, those of the rank-biserial correlation included, are bias-corrected and accelerated (BCa), from {replicates} of people drawn with replacement, both scores of a person together, with random numbers from seed {}",
        source.results.provenance.seed
    ))
    .cite(citations.number(Work::Efron1987))
    .cite(citations.number(Work::EfronTibshirani1993))
    .text(". They assume no shape of the distribution and stand beside the intervals by formula; below about 10 pairs they too cover less than they say.")
}

fn multiplicity(source: &Source, citations: &mut Citations) -> Inline {
    let settings = source.settings();
    let version = &source.results.provenance.version;
    let software = format!("Analyses were made with {version}.");
    let (name, work) = match settings.multiplicity {
        Procedure::None => {
            return Inline::from("p-values were not adjusted for the number of outcomes. ").text(software);
        }
        Procedure::Bonferroni => ("Bonferroni\u{2019}s procedure", Work::Dunn1961),
        Procedure::Holm => ("Holm\u{2019}s procedure", Work::Holm1979),
        Procedure::Hochberg => ("Hochberg\u{2019}s procedure", Work::Hochberg1988),
        Procedure::Hommel => ("Hommel\u{2019}s procedure", Work::Hommel1988),
        Procedure::Bh => ("the false discovery rate of Benjamini and Hochberg", Work::BenjaminiHochberg1995),
        Procedure::By => ("the false discovery rate of Benjamini and Yekutieli", Work::BenjaminiYekutieli2001),
    };
    let holds = match settings.multiplicity {
        Procedure::None => "",
        Procedure::Bonferroni | Procedure::Holm => "This bounds the chance of any false finding within a family.",
        Procedure::Hochberg | Procedure::Hommel => {
            "This bounds the chance of any false finding within a family if the tests are independent or positively dependent."
        }
        Procedure::Bh => {
            "This bounds the expected share of false findings within a family if the tests are independent or positively dependent."
        }
        Procedure::By => "This bounds the expected share of false findings within a family.",
    };
    let within = match settings.family {
        Family::Role => "within each role",
        Family::Domain => "within each domain",
        Family::All => "over all outcomes",
    };
    let is_alone = |analysis: &Analysis| matches!(analysis.finding.ok(), Some(Finding::Adjusted(record)) if record.family_size == 1);
    let alone = if source.all(Method::Adjusted).any(is_alone) { "A single test is left as it is. " } else { "" };
    let families = families(source);
    let families = if families.is_empty() { String::new() } else { format!(": {}", words::listed(&families)) };
    Inline::from(format!("p-values of the deciding test were adjusted by {name}"))
        .cite(citations.number(work))
        .text(format!(
            " {within}{families}. {holds} A family counts the outcomes whose deciding test could be computed. {alone}No other p-value and no interval is adjusted. {software}"
        ))
}

/// `primary (1 test)`, as they were formed.
fn families(source: &Source) -> Vec<String> {
    let mut families: Vec<String> = Vec::new();
    for analysis in source.all(Method::Adjusted) {
        let Some(Finding::Adjusted(record)) = analysis.finding.ok() else { continue };
        let name = record.family.split_once('=').map_or(record.family.as_str(), |(_, value)| value).replace('_', " ");
        let text = format!("{name} ({})", words::counted(record.family_size, "test", "tests"));
        if !families.contains(&text) {
            families.push(text);
        }
    }
    families
}
