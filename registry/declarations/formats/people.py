"""Names in which an organisation, a person or both stand: the organisation's part is kept.

No format tells the two apart. What does not say that it is an organisation's is treated as a person's. A name
in one piece that says so is one, a founder's name in it or not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from registry.declarations.dataset import Words

_LONGEST, _FEW = 300, 5
_HAN = "\u4e00-\u9fff"
# Legal forms and the words organisations call themselves by, in the languages of the nodes we know.
# Short forms count as they are printed only: `Sa` and `As` are also names.
_FORMS = re.compile(
    r"\b(?:AG|KG|SE|SA|SL|BV|NV|AB|OY|AS|A/S|Oy|Ab|ApS|SAS|Co\.|S\.\s?A\.|B\.\s?V\.|N\.\s?V\.|S\.\s?L\.)(?![\w.])"
    r"|\b(?i:gmbh|e\.\s?v\.|ltd|limited|llc|inc|corp|plc|s\.p\.a|spa|s\.r\.l|srl|sarl|kft|d\.o\.o|sp\. z o\.o"
    r"|s\.r\.o|institut\w*|istituto|universit\w+|universidad|college|academy|akademie|consult\w*|certif\w*|council"
    r"|committee|commission|association|verband|verein|fachverband|foundation|stiftung|agency|agentur|ministry"
    r"|ministerium|bundes\w+|centre|center|zentrum|group|services?|systems?|laborator\w*|prüf\w*|programme?"
    r"|operator|community|forum|network|engineering|international|technolog\w*|solutions|research|epd\w*|tüv"
    r"|dekra|bureau|ingenieurbüro)(?!\w)"
    r"|公司|集团|研究院|研究所|机构|协会|学会|大学|学院|中心|认证|检测|检验|事务所|实验室|委员会"
)
_TITLES = r"(?:dr|prof|dipl|ing|mag|mr|mrs|ms|herr|frau|ph\.?\s?d|[mb]\.?\s?sc|[mb]\.?\s?eng)(?!\w)"
_TITLE = re.compile(
    rf"\b{_TITLES}"
    r"|(?:先生|女士|小姐|博士|教授|工程师|高工|主任|研究员|老师|经理)$"
    r"|^(?:核查员|核查人|审核员|评审员|验证员|验证人|检验员|专家|工程师|主任|经理|联系人|负责人)",
    re.IGNORECASE,
)
_BEFORE_TITLE = re.compile(rf"(?<=[\w.)])\s+(?={_TITLES})", re.IGNORECASE)
_ONLY_TITLES = re.compile(rf"(?:{_TITLES}[\s.,-]*)+", re.IGNORECASE)
# A bracket in the middle belongs to a firm's name, as in TÜV SÜD (China) Ltd.; one at the end may be anybody.
_LAST_BRACKET = re.compile(r"^(.*?)\s*[（(\[【]([^（()）\[\]【】]*)[）)\]】][\s.。]*$", re.DOTALL)
_COMMA_OF_A_FIRM = r"(?!\s*(?:Ltd|LTD|Inc|INC|LLC|L\.L\.C|Corp|S\.|GmbH|Limited|Co\b|PLC|plc))"
_BETWEEN = re.compile(
    rf"\s*(?:,{_COMMA_OF_A_FIRM}|[，、;；|\n\r]|(?<!\bA)[/／](?!S\b)|[:：](?!//)|\s[-–—]\s|——?"
    r"|\bon behalf of\b|\bi\.\s?A\.|\bc/o\b|\s@\s)\s*"
)
_BESIDE_HAN = re.compile(rf"(?<=[{_HAN}])\s+|\s+(?=[{_HAN}])")
_SPACED_NAME = re.compile(rf"(?<![{_HAN}])([{_HAN}])[ \u3000]+([{_HAN}]{{1,2}})(?![{_HAN}])")
# The surnames of nearly everybody in China; without one a short word is a place or a brand.
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗"
    "凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁"
    "毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊"
    "胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程邢裴陆荣翁荀羊甄曲封储靳段富巫乌焦巴"
    "牧谷车侯宓蓬全班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶司韶郜黎薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴"
    "胥苍双闻党翟谭贡劳姬申扶堵冉宰雍桑桂牛寿通边扈燕冀尚农温别庄晏柴瞿阎充慕连茹习艾鱼容向古易慎戈廖庾终暨居衡"
    "步都耿满弘匡国文寇广禄阙东欧沃利师巩聂关肖岳晁敖冷辛阚那简饶曾沙养鞠丰查游竺权盖桓公仝佟闫覃逯牟年佘商代"
)
_COMPOUND = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|司徒|令狐|夏侯|端木|南宫|百里"
_PROVINCE = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州"
    "|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|中国|全国|国家|华东|华北|华南|华中|东北|西北|西南"
)
_NAME_HAN = rf"(?!(?:{_PROVINCE})$)(?:(?:{_COMPOUND})[{_HAN}]{{1,2}}|[{_SURNAMES}][{_HAN}]{{1,2}})"
_IS_NAME_HAN = re.compile(rf"{_NAME_HAN}|[{_HAN}]+·[{_HAN}·]+")
_NAME_AFTER = re.compile(
    rf"^(.*(?:公司|集团|研究院|研究所|机构|协会|学会|大学|学院|中心|事务所|实验室|委员会))({_NAME_HAN})$"
)
_WORD = r"(?:[^\W\d_a-z]\.|[^\W\d_][\w'’.-]*)"
_PARTICLE = r"(?:von|van|de|der|den|la|le|da|di|du|del|dos|zu|zur|ter|ten|el|al|bin|y)"
_CAPITAL = rf"(?![a-zß-öø-ÿ]){_WORD}"
_IS_NAME = re.compile(rf"{_CAPITAL}(?:\s+(?:{_PARTICLE}\s+)*{_CAPITAL}){{1,3}}")
# Of one that begins so only a legal form makes a firm: Angela Schindler TÜV is a person and her office.
_GIVEN = re.compile(
    r"(?:Adam|Albert|Alexander|Andrea|Andreas|Andrew|Angela|Anna|Anne|Anton|Antonio|Barbara|Bernd|Bernhard|Birgit"
    r"|Bruno|Carl|Carlo|Carlos|Caroline|Charles|Charlotte|Chris|Christian|Christina|Christine|Christoph|Claudia"
    r"|Daniel|David|Diana|Dirk|Dominik|Elena|Elisabeth|Emma|Eric|Erik|Erika|Ernst|Eva|Fabian|Felix|Florian|Francesca"
    r"|Francesco|Frank|Franz|Friedrich|Fritz|Georg|George|Gerhard|Giovanni|Giulia|Guido|Günter|Günther|Hannah|Hans"
    r"|Heike|Heinz|Helmut|Henrik|Holger|Ingrid|Jack|Jacob|Jakob|James|Jan|Jane|Jens|Joachim|Johann|Johannes|John"
    r"|Jonas|Jörg|José|Josef|Joseph|Juan|Julia|Jürgen|Karin|Karl|Katharina|Katrin|Kevin|Kim|Klaus|Kurt|Lars|Laura"
    r"|Laurent|Lena|Leo|Linda|Lisa|Luca|Lucas|Luis|Lukas|Manfred|Marco|Marcus|Maria|Marie|Mario|Mark|Markus|Martin"
    r"|Martina|Mary|Matteo|Matthew|Matthias|Max|Michael|Michaela|Monika|Nicola|Nicole|Niels|Nina|Olaf|Oliver|Paolo"
    r"|Patrick|Paul|Paula|Pedro|Peter|Petra|Philip|Philipp|Pierre|Rainer|Ralf|Richard|Robert|Roberto|Roland|Rolf|Sabine"
    r"|Sandra|Sara|Sarah|Sebastian|Silvia|Simon|Simone|Sofia|Sophie|Stefan|Stefanie|Stephan|Steven|Susan|Susanne|Sven"
    r"|Thomas|Tim|Tobias|Tom|Tony|Ulrich|Ulrike|Ursula|Uwe|Vera|Viktor|Walter|Werner|Wilhelm|William|Wolfgang|Wolfram)"
    rf"(?:-[^\W\d_a-z]\w*)?\s+(?:{_PARTICLE}\s+)*[^\W\d_a-z]"
)
_LEGAL = re.compile(
    r"(?i:\b(?:gmbh|ag|kg|se|sa|ab|oy|as|a/s|bv|nv|ltd|limited|llc|inc|corp|plc|co|s\.?\s?p\.?\s?a|s\.?\s?r\.?\s?l"
    r"|s\.\s?a|b\.\s?v|n\.\s?v|e\.\s?v|s\.r\.o))[.\s]*$"
)
# Neither a person nor an organisation: a name in capitals, a figure, a place, our mark of invented data.
_HARMLESS = re.compile(
    rf"[A-Z0-9ÄÖÜ&.+-]{{2,8}}|[\W\d_]*|虚构|演示|示例|(?:{_PROVINCE})[省市]?|(?i:invented|fictitious)"
)


@dataclass(frozen=True, slots=True)
class Split:
    """What of a name is an organisation's, and what is or may be a person's."""

    organisation: str | None
    person: str | None


@dataclass(frozen=True, slots=True)
class Kept:
    """The same for the name of one party in its languages."""

    names: Words
    persons: tuple[str, ...] = ()


def kept(names: Words, *, certain: bool = False) -> Kept:
    """The names that may stand; `certain` where the place holds organisations only, as an owner's does.

    There a name is touched only where a title says that a person is named, or where both stand.
    """
    found = {lang: split(text, certain=certain) for lang, text in names.items()}
    whole = [text for lang, text in names.items() if found[lang].person is None]
    for lang, text in names.items():
        if found[lang].organisation is None and any(_is_short_for(text, other) for other in whole):
            found[lang] = Split(text, None)
    stand = {lang: one.organisation for lang, one in found.items() if one.organisation is not None}
    aside = dict.fromkeys(one.person for one in found.values() if one.person is not None)
    words = {word for one in aside for word in _words(one)}
    if aside:  # a firm that is called like the person says who that is, in whichever language
        stand = {lang: one for lang, one in stand.items() if not words & _words(one)}
        aside |= dict.fromkeys(text for lang, text in names.items() if lang not in stand)
    return Kept(stand, tuple(aside))


@lru_cache(maxsize=4096)
def split(name: str, *, certain: bool = False) -> Split:
    """One name; a text that is too long for one may name anybody."""
    if len(name) > _LONGEST:
        return Split(None, name)
    parts = _parts(name)
    if certain:
        stand = [one for one in parts if _FORMS.search(one)]
        others = [one for one in parts if one not in stand]
        aside = [one for one in others if _TITLE.search(one) or (stand and _is_surely_a_person(one))]
    else:
        stand = [one for one in parts if _is_an_organisation(one)]
        aside = [one for one in parts if one not in stand and not _HARMLESS.fullmatch(one)]
        aside = aside if stand else parts
    if not aside:
        return Split(name, None)
    words = {word for one in aside for word in _words(one)}
    stand = [one for one in stand if not words & _words(one)]
    return Split(", ".join(stand) or None, ", ".join(one for one in parts if one not in stand) or name)


def looks_like_a_person(text: str) -> bool:
    """Whether a text is as full names are, so that it can be looked for in other texts."""
    return _IS_NAME.fullmatch(text) is not None or _IS_NAME_HAN.fullmatch(text) is not None


def full_names(person: str) -> list[str]:
    """The full names in what was put aside, without titles."""
    bare = (_ONLY_TITLES.sub("", part).strip(" .,-") for part in _parts(person))
    return [one for one in dict.fromkeys(bare) if looks_like_a_person(one)]


def _is_surely_a_person(part: str) -> bool:
    return _IS_NAME_HAN.fullmatch(part) is not None or (
        _GIVEN.match(part) is not None and len(part.split()) < _FEW
    )


def _is_an_organisation(part: str) -> bool:
    if _TITLE.search(part) or not _FORMS.search(part):
        return False
    return _LEGAL.search(part) is not None or not _GIVEN.match(part)


def _parts(name: str) -> list[str]:
    found = [_SPACED_NAME.sub(r"\1\2", name.strip())]
    for cut in (_unbracketed, _BETWEEN.split, _BEFORE_TITLE.split, _BESIDE_HAN.split, _before_name):
        found = [part.strip() for one in found for part in cut(one) if part.strip()]
    return found


def _unbracketed(text: str) -> Sequence[str]:
    match = _LAST_BRACKET.match(text)
    return (text,) if match is None else (*_unbracketed(match[1]), match[2])


def _before_name(text: str) -> Sequence[str]:
    """检测中心张三 is a centre and a person."""
    match = _NAME_AFTER.match(text)
    return (text,) if match is None else match.groups()


def _words(text: str) -> set[str]:
    """Words that can tell who it is: of three letters, or of two Chinese characters and more."""
    found = re.findall(rf"[^\W\d_]{{3,}}|[{_HAN}]{{2,}}", text.casefold())
    return {one for one in found if not _FORMS.fullmatch(one)}


def _is_short_for(text: str, longer: str) -> bool:
    """`thinkstep` beside `thinkstep AG`: one word of an organisation's name in another language."""
    word = text.casefold().strip()
    return " " not in word and word in longer.casefold().split()
