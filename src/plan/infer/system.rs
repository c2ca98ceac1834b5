//! The system an export comes from, known by its columns, and what it writes besides the answers.

use super::draft::Draft;
use super::file::{HeaderColumn, LookedFile, Said};
use crate::trial::fold;

/// Systems whose exports have columns of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum System {
    Redcap,
    Qualtrics,
    LimeSurvey,
    GoogleForms,
    MicrosoftForms,
    Castor,
    OpenClinica,
}

impl System {
    pub fn of(columns: &[HeaderColumn]) -> Option<Self> {
        let has = |name: &str| columns.iter().any(|column| fold(&column.name) == name);
        let any = |names: &[&str]| names.iter().any(|name| has(name));
        let ends = |end: &str| columns.iter().any(|column| column.name.ends_with(end));
        if any(&["redcapeventname", "redcaprepeatinstrument"])
            || has("recordid") && (has("eventname") || ends("_complete") || has("complete"))
        {
            Some(System::Redcap)
        } else if has("responseid") && any(&["startdate", "recordeddate"]) {
            Some(System::Qualtrics)
        } else if any(&["submitdatedatesubmitted", "lastpagelastpage", "idresponseid"])
            || has("submitdate") && any(&["lastpage", "startlanguage", "seed", "token"])
        {
            Some(System::LimeSurvey)
        } else if has("participantid") && any(&["participantstatus", "siteabbreviation", "participantcreationdate"]) {
            Some(System::Castor)
        } else if columns.iter().filter(|column| Said::event(&column.name, &[]).is_some()).count() > 1 {
            Some(System::OpenClinica)
        } else if any(&["completiontime", "完了時刻", "완료시간"]) {
            Some(System::MicrosoftForms)
        } else if columns.first().is_some_and(|column| ["timestamp", "タイムスタンプ", "타임스탬프"].contains(&fold(&column.name).as_str()))
        {
            Some(System::GoogleForms)
        } else {
            None
        }
    }

    fn name(self) -> &'static str {
        match self {
            System::Redcap => "REDCap",
            System::Qualtrics => "Qualtrics",
            System::LimeSurvey => "LimeSurvey",
            System::GoogleForms => "Google Forms",
            System::MicrosoftForms => "Microsoft Forms",
            System::Castor => "Castor",
            System::OpenClinica => "OpenClinica",
        }
    }

    /// What the system writes about the response itself, as folded names: never a score, never a subject.
    fn metadata(self) -> &'static [&'static str] {
        match self {
            System::Redcap => &["redcapsurveyidentifier", "redcapdataaccessgroup", "surveyidentifier", "dataaccessgroup"],
            System::Qualtrics => &[
                "startdate",
                "enddate",
                "status",
                "ipaddress",
                "progress",
                "durationinseconds",
                "finished",
                "recordeddate",
                "responseid",
                "recipientlastname",
                "recipientfirstname",
                "recipientemail",
                "locationlatitude",
                "locationlongitude",
                "distributionchannel",
                "userlanguage",
            ],
            System::LimeSurvey => &[
                "idresponseid",
                "submitdatedatesubmitted",
                "lastpagelastpage",
                "startlanguagestartlanguage",
                "seedseed",
                "startdatedatestarted",
                "datestampdatelastaction",
                "ipaddripaddress",
                "refurlreferrerurl",
                "id",
                "submitdate",
                "lastpage",
                "startlanguage",
                "seed",
                "startdate",
                "datestamp",
                "ipaddr",
                "refurl",
            ],
            System::GoogleForms => {
                &["timestamp", "タイムスタンプ", "타임스탬프", "username", "emailaddress", "メールアドレス", "이메일주소"]
            }
            System::MicrosoftForms => &[
                "id",
                "starttime",
                "completiontime",
                "email",
                "name",
                "lastmodifiedtime",
                "language",
                "開始時刻",
                "完了時刻",
                "メール",
                "名前",
                "最終変更時刻",
                "言語",
                "시작시간",
                "완료시간",
                "전자메일",
                "이메일",
                "이름",
                "마지막으로수정한시간",
                "언어",
            ],
            System::Castor => &["participantstatus", "participantcreationdate", "randomizationnumber", "surveyparent", "surveycompletedon"],
            System::OpenClinica => &["protocolid", "subjectstatus", "secondaryid", "dateofbirth"],
        }
    }

    /// The columns of a file as this system means them, without those about the response itself.
    pub fn columns(self, file: &LookedFile, draft: &mut Draft<'_>) -> Vec<HeaderColumn> {
        let (metadata, rest): (Vec<&HeaderColumn>, Vec<&HeaderColumn>) =
            file.columns.iter().partition(|column| self.metadata().contains(&fold(&column.name).as_str()));
        draft.assume(format!("this is an export of {}", self.name()));
        if !metadata.is_empty() {
            let names: Vec<&str> = metadata.iter().map(|column| column.name.as_str()).collect();
            draft.assume(format!("columns about the response itself are not used: {}", names.join(", ")));
        }
        let events = if self == System::OpenClinica { events(&file.above) } else { Vec::new() };
        if !events.is_empty() {
            let named: Vec<String> = events.iter().map(|(code, event)| format!("{code} is {event}")).collect();
            draft.assume(format!("the table above the header names the events: {}", named.join(", ")));
        }
        if self == System::LimeSurvey {
            draft.assume(
                "`N/A` is a question that was not shown, an empty cell one that was not answered: missing, and told apart".to_owned(),
            );
        }
        let said = |column: &HeaderColumn| match self {
            System::LimeSurvey => Said::question(&column.name),
            System::OpenClinica => Said::event(&column.name, &events),
            _ => None,
        };
        rest.into_iter().map(|column| HeaderColumn { said: said(column).unwrap_or(column.said.clone()), ..column.clone() }).collect()
    }
}

/// OpenClinica's events by their code, from the table above the header: `Study Event Definition 1`, `Baseline`, `E1`.
fn events(above: &[Vec<String>]) -> Vec<(String, String)> {
    let event = |row: &Vec<String>| {
        let cells: Vec<&String> = row.iter().filter(|cell| !cell.is_empty()).collect();
        let [what, name, code] = cells.as_slice() else { return None };
        let is_code = code.strip_prefix('E').is_some_and(|number| number.parse::<u32>().is_ok());
        (what.to_lowercase().contains("event") && is_code).then(|| ((*code).clone(), (*name).clone()))
    };
    above.iter().filter_map(event).collect()
}
