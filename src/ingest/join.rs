//! Pre rows and post rows of the same key, matched. The one place where polars works.

use polars::prelude::{Column, DataFrame, DataFrameJoinOps, IntoColumn, JoinArgs, JoinCoalesce, JoinType, NamedFrom, PolarsResult, Series};

/// A key with the index of its pre row and of its post row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    pub key: u64,
    pub pre: Option<u32>,
    pub post: Option<u32>,
}

/// Joins two lists of distinct keys in full: a key of one list alone is kept. Sorted by key, because the order of a
/// polars join is not promised.
pub fn match_keys(pre: &[u64], post: &[u64]) -> Result<Vec<Match>, String> {
    let mut matches = full_join(pre, post).map_err(|error| error.to_string())?;
    matches.sort_unstable();
    Ok(matches)
}

fn full_join(pre: &[u64], post: &[u64]) -> PolarsResult<Vec<Match>> {
    let mut args = JoinArgs::new(JoinType::Full);
    args.coalesce = JoinCoalesce::CoalesceColumns;
    let joined = frame(pre, "pre")?.join(&frame(post, "post")?, ["key"], ["key"], args, None)?;
    let keys = joined.column("key")?.u64()?.iter();
    let rows = |name: &str| PolarsResult::Ok(joined.column(name)?.u32()?.iter());
    Ok(keys.zip(rows("pre")?).zip(rows("post")?).filter_map(|((key, pre), post)| Some(Match { key: key?, pre, post })).collect())
}

/// Keys beside the number of their row.
fn frame(keys: &[u64], row: &str) -> PolarsResult<DataFrame> {
    let rows: Vec<u32> = (0..keys.len() as u32).collect();
    let columns: Vec<Column> = vec![Series::new("key".into(), keys).into_column(), Series::new(row.into(), rows).into_column()];
    DataFrame::new(keys.len(), columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_one_side_alone_are_kept() {
        let matches = match_keys(&[7, 3, 5], &[5, 9, 7]).unwrap();
        let expected = [(3, Some(1), None), (5, Some(2), Some(0)), (7, Some(0), Some(2)), (9, None, Some(1))];
        assert_eq!(matches, expected.map(|(key, pre, post)| Match { key, pre, post }));
        assert_eq!(match_keys(&[], &[]), Ok(vec![]));
        assert_eq!(match_keys(&[1], &[]).map(|m| m.len()), Ok(1));
    }
}
