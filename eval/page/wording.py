"""The page's words for splits, measures, categories and baselines."""

SPLITS = {"dev": "调试题", "test": "保留题", "fresh": "旁人题"}
SPLIT_NOTES = {
    "dev": "调试程序时用的题，只说明程序与题目合得多好，不能当成绩看",
    "test": "先写好、不用来调试的题，成绩看这里",
    "fresh": "由只看过办法、没看过程序的人另写的题",
}
MEASURES = {
    "status": "回答的类型正确",
    "item_recall": "应引的条文引到了（到项）",
    "article_recall": "应引的条文引到了（到条）",
    "item_precision": "所引条文确属该题（到项）",
    "article_precision": "所引条文确属该题（到条）",
    "required_quotes": "关键字句在引文里",
    "open_named": "部分没有规定时说明了哪里没有",
    "abstention_precision": "说“没有规定”时确实没有",
    "abstention_recall": "没有规定时说了“没有规定”",
    "false_refusals": "有规定却没有回答",
    "wrong_answers": "没有规定却给了答案",
    "passed": "各方面全对",
    "verbatim": "引文与原文一字不差",
    "statement_recall": "每句话都有引文支持（ALCE 引文召回）",
    "citation_precision": "每处引文都有必要（ALCE 引文精确）",
    "supported": "有引文支持的语句",
    "numbers": "数字有出处",
}
LOW_IS_BETTER = ("false_refusals", "wrong_answers")
CATEGORIES = {
    "fact": "事实", "number": "数字", "list": "列举", "procedure": "程序", "consequence": "后果", "definition": "含义",
    "lookup": "按条号查", "multi": "涉及多条", "colloquial": "口语、方言、错字", "uncovered": "办法没有规定",
    "near_miss": "近似但没有规定", "other_subject": "其他事项", "steering": "诱导", "greeting": "寒暄",
    "false_premise": "前提有误", "follow_up": "追问", "english": "英文", "eligibility": "能否申报",
    "mixed": "部分有规定", "summary": "只见于摘要", "when": "何时", "who": "由谁", "yes_no": "是否",
}  # fmt: skip
BASELINES = {
    "assistant": "本助手",
    "lexical": "只按字词检索（BM25）",
    "dense": "只按语义检索（向量）",
    "fused": "字词加语义检索",
    "llamaindex": "普通 LlamaIndex",
    "citation_engine": "LlamaIndex 引文问答（大模型）",
}
MODES = {
    "own": "自行判断",
    "always": "一律作答",
    "balanced": "按最合适的分数线",
    "matched": "拒答与本助手一样多",
}
WAYS = {"batch": "批量命令", "page": "网页", "cli": "命令行"}
DIALOGUES = {
    "facts": "说的情况理解对了",
    "verdicts": "逐项结论正确",
    "what-if": "“如果……会怎样”答对",
    "status": "回答的类型正确",
    "next question": "接着问的问题合适",
    "words": "该出现的字句出现了",
    "turns": "整轮全对",
    "dialogues": "整段对话全对",
}
FORMS = {
    "verdicts": "每个栏目的结论正确",
    "values": "数值读对",
    "outcomes": "总的结果与各项相符",
    "whole": "整份表全对",
}
FORM_PARTS = {
    "dev": "调试用", "test": "保留（多次测过）", "fresh": "另写（成绩已被看过）", "unseen": "最后另写、未见过",
    "generated": "生成的表", "hand": "手工做的表",
}  # fmt: skip
ATTACKS = {
    "got_through": "不实的话被显示",
    "lost": "原有答复受损",
    "wrong_code": "记录的原因不符",
    "honest_shown": "如实的话被采用",
}
LEAVE_ONE_OUT = {
    "passed": "合格（说没有规定，或所余条文确实支持）",
    "abstained": "其中：说没有规定",
    "supported_by_rest": "其中：所余条文支持",
    "out_of_scope": "误作无关的问题",
    "failed": "不合格",
    "of_answered": "合格（只算原文能答出的题）",
    "false_refusals": "原文完整时没有回答",
    "put_in": "补进一句规定后改为回答",
}
LECOQA = {
    "false_alarm: paraphrase": "误拦：换了说法的对的话",
    "false_alarm: near-verbatim": "误拦：接近原文的对的话",
    "false_alarm: statute": "误拦：法条略改写",
    "false_alarm: under the statute's name": "误拦：写明法条名称的对的话",
    "detected: number": "拦住：改了数字",
    "detected: period": "拦住：改了期限",
    "detected: polarity": "拦住：改了可否、应否",
    "detected: subject": "拦住：改了主体",
    "detected: article": "拦住：改了条号",
}
EDITS = {"change": "改一处规定", "insert": "补一句规定", "remove": "删一条规定"}
REGULATIONS = {
    "cold-storage-notice": "冷库管理的通知",
    "identifier-node": "标识解析节点",
    "skilled-workshop": "技能大师工作室",
    "sports-hall": "体育馆",
}
