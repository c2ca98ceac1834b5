//! The system an export comes from, known by its columns, and what it writes besides the answers.

use super::draft::Draft;
use super::file::HeaderColumn;
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
        } else if any(&["submitdatedatesubmitted", "lastpagelastpage", "idresponseid"]) {
            Some(System::LimeSurvey)
        } else if has("participantid") && any(&["participantstatus", "siteabbreviation", "participantcreationdate"]) {
            Some(System::Castor)
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
        }
    }

    /// The columns without those about the response itself.
    pub fn without_metadata(self, columns: &[HeaderColumn], draft: &mut Draft<'_>) -> Vec<HeaderColumn> {
        let (metadata, rest): (Vec<&HeaderColumn>, Vec<&HeaderColumn>) =
            columns.iter().partition(|column| self.metadata().contains(&fold(&column.name).as_str()));
        draft.assume(format!("this is an export of {}", self.name()));
        if !metadata.is_empty() {
            let names: Vec<&str> = metadata.iter().map(|column| column.name.as_str()).collect();
            draft.assume(format!("columns about the response itself are not used: {}", names.join(", ")));
        }
        rest.into_iter().cloned().collect()
    }
}
