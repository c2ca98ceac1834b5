//! Plans of every layout, whose column names are those of the seeds.

/// One outcome of the wide layout.
const WIDE: &str = r#"[[outcome]]
id = "score"
direction = "lower"
pre = "bdi_pre"
post = "bdi_post"
"#;

/// One outcome of the long and of the two-file layout.
const LONG: &str = r#"[[outcome]]
id = "score"
direction = "lower"
value = "bdi"
"#;

/// Each plan as its `[data]` and what follows.
const PLANS: [(&str, &str); 16] = [
    ("files = [\"a.csv\"]\nsubject = \"subject\"\nseparator = \",\"", "range = [0, 63]\ninteger = true"),
    ("files = [\"a.csv\"]\nsubject = \"subject\"\nmissing = [\"-99\", \"999\", \"NI\"]", ""),
    (
        "files = [\"a.csv\"]\nsubject = \"subject\"\nvisit = \"visit\"\nseparator = \",\"\n[visits]\npre = \"pre\"\npost = [\"post\", \"after\"]\nothers = [\"followup\"]",
        "range = [0, 63]",
    ),
    (
        "files = [\"a.csv\"]\nsubject = \"subject\"\nvisit = \"visit\"\noutcome_column = \"instrument\"\nvalue = \"bdi\"\n[visits]\npre = \"pre\"\npost = \"post\"",
        "*",
    ),
    ("pre = \"a.csv\"\npost = \"b.csv\"\nsubject = \"subject\"", ""),
    ("files = [\"a.csv\"]\nsubject = \"subject\"", "items"),
    ("files = [\"a.csv\"]\nsubject = \"subject\"\npre_date = \"date_pre\"\npost_date = \"date_post\"\ndate_format = \"%Y-%m-%d\"", ""),
    ("files = [\"a.csv\"]\nsubject = \"subject\"\ngroup = \"site\"\n[privacy]\nmin_cell = 5", "step = 0.5"),
    (
        "files = [\"a.csv\"]\nsubject = \"record_id\"\nvisit = \"redcap_event_name\"\nwhere = { bdi_complete = \"2\" }\n[visits]\npre = \"baseline_arm_1\"\npost = \"month_3_arm_1\"",
        "redcap",
    ),
    (
        "files = [\"a.csv\"]\nsubject = \"subject\"\nids_equal_under = [\"case\", \"width\", \"invisible\", \"leading-zeros\", \"hyphens\", \"decimal-point\", \"marks\", \"alphabet\"]",
        "",
    ),
    ("files = [\"a.csv\"]\nsubject = \"subject\"\nseparator = \";\"\ndecimal = \",\"\nthousands = \".\"", ""),
    ("files = [\"a.csv\"]\nsubject = \"subject\"\nheader_line = 2\nskip_records_after_header = 1", ""),
    ("files = [\"a.csv\"]\nsubject = \"被験者番号\"\nencoding = \"cp932\"", "japanese"),
    ("files = [\"a.csv\", \"b.csv\"]\nsubject = \"subject\"\nwhere = { site = [\"A\", \"B\"] }", "range = [0, 63]"),
    (
        "pre = \"a.csv\"\npost = \"b.csv\"\nsubject = \"subject\"\nids_equal_under = [\"case\", \"hyphens\"]\n[data.files_by_name.\"b.csv\"]\nseparator = \";\"\ndecimal = \",\"\nmissing = [\"-9\"]",
        "",
    ),
    ("files = [\"a\"]\nsubject = \"id\"\ngroup = \"site\"", "plain"),
];

/// Plan number `which` as text.
pub fn toml(which: u8) -> String {
    let (data, more) = PLANS[usize::from(which) % PLANS.len()];
    let is_long = data.contains("visit =") || data.contains("post =");
    let outcome = match more {
        "*" => "[[outcome]]\nkey = \"*\"\ndirection = \"lower\"\n".to_owned(),
        "items" => "[[outcome]]\nid = \"score\"\ndirection = \"lower\"\npre_items = \"wb_pre_{i}\"\npost_items = \"wb_post_{i}\"\nitems = 5\nitem_range = [0, 3]\nreverse = [2, 4]\nscore = \"sum\"\nprorate = 0.6\n".to_owned(),
        "redcap" => LONG.replace("\"bdi\"", "\"bdi_total\""),
        "japanese" => WIDE.replace("bdi_pre", "介入前得点").replace("bdi_post", "介入後得点"),
        "plain" => WIDE.replace("bdi_pre", "pre").replace("bdi_post", "post"),
        more => format!("{}{more}\n", if is_long { LONG } else { WIDE }),
    };
    format!("[data]\n{data}\n{outcome}")
}
