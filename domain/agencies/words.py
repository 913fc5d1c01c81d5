"""The words by which a cell of a plan names agencies, as patterns over text folded letter by letter."""

import re

from domain.words import fold


class _Letters(dict[int, str]):
    """Folds one letter at a time, so that places in the folded text are places in the source."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        folded = fold(letter)
        self[code] = value = folded if len(folded) == 1 else letter
        return value


_LETTERS = _Letters()


def flat(text: str) -> str:
    """Return the folded text, letter for letter as long as the source (which is in form C)."""
    return text.translate(_LETTERS)


# Nouns that stand for many bodies at once, and the areas whose committees stand together.
BODIES = (
    r"so|ban|nganh|co quan|don vi|dia phuong|to chuc|doan the|hoi|phong|bo|khoi|doanh nghiep|"
    r"truong hoc|co so y te|co so giao duc|bo phan chuyen mon|phong chuyen mon|ban nganh|so nganh|bao|dai|"
    r"mat tran|truong|benh vien|xa|phuong"
)
AREAS = r"(?:cap )?(?:tinh|huyen|xa)|thi xa|thanh pho|tp|quan|phuong|thi tran|dac khu|(?:cac )?dia phuong"

# The beginnings of a name, given with the folded text that follows a separator.
HEADS = re.compile(
    r"(?:van phong|vp|ubnd|uy ban|uybannd|hdnd|hoi dong nhan dan|cong an|ca tinh|cuc|chi cuc|tong cuc|vu|"
    r"thanh tra|dai|trung tam|tt ?pv|tthcc|kho bac|kbnn|bhxh|bao hiem|bo chi huy|bo tu lenh|bch|mttq|ubmttq|"
    r"mat tran|lien doan|ldld|lien minh|lien hiep|tinh doan|huyen doan|thanh doan|tinh uy|huyen uy|thanh uy|"
    r"dang uy|benh vien|toa an|tand|vien kiem sat|vksnd|vien|dien luc|cong ty|tong cong ty|tap doan|"
    r"ngan hang|buu dien|buu chinh|vnpt|viettel|to cong tac|ban chi dao|bo phan|bpmc|hai quan|chu tich|"
    r"hiep hoi|quy|hat kiem lam|thuong truc|truong|doi|diem tiep nhan|cong thong tin|"
    r"thu truong|giam doc|chanh|nguoi dung dau|lanh dao|hoi|doan|bao|thue|"
    r"so|ban|phong|bo|to|cuc thong ke|chinh phu)\b"
)

# Heads that are everyday words too: as the beginning of a name their next word is capitalised.
NEEDS_NAME = re.compile(r"(?:so|ban|phong|bo|to|hoi|doan|bao|quy|vu|vien|truong|doi|dai|thue)\b ?")

COLLECTIVE = re.compile(
    rf"(?:(?:cac|toan the|tat ca(?: cac)?|mot so|nhung) )(?:{BODIES}|{AREAS}|co|bo|ubnd|van phong|trung tam|"
    r"phong|to chuc|hoi|chi cuc|cuc|truong|nganh|tap the|thanh vien|chu dau tu|nha)\b"
    r"|(?:co quan|don vi|dia phuong|so(?= ?,| va nganh)|to chuc)\b"
)

RELATIVE = re.compile(
    r"\b(?:co (?!quan\b|so\b|lien quan)|duoc |thuoc pham vi|theo |lam |do |dang |truc tiep |phu trach )"
)

_VERBS_STRONG = r"chu tri|phoi hop|theo doi|tham muu|don doc|giam sat|ra soat|tham gia|huong dan|chiu trach nhiem"
# Words that are verbs only in lower case and with their marks: "lao động", "chương trình" are nouns.
_VERBS_WEAK = (
    r"thực hiện|triển khai|tiếp nhận|tổng hợp|báo cáo|xây dựng|trình (?=Chủ|UBND|HĐND|cấp)|cập nhật|tuyên truyền|"
    r"đăng tải|kiểm tra|ban hành|tổ chức (?=thực hiện|triển khai|hội nghị|kiểm tra)|có ý kiến|góp ý|thẩm định|"
    r"xử lý|giải quyết|cung cấp|bố trí|đánh giá|công khai|gửi|chỉ đạo|nghiên cứu"
)
STRONG = re.compile(rf"\b(?:{_VERBS_STRONG})\b")
WEAK = re.compile(rf"\b(?:{_VERBS_WEAK})\b")
VERB = re.compile(rf"(?:{_VERBS_STRONG}|{flat(_VERBS_WEAK)})\b")
BARE_NOUN = re.compile(
    r"(?:so|ban|bo phan|to|doan|vien|trung tam|uy ban|phong|hoi dong|co quan|diem|don vi|cac|chuong|hoi|va|cong ty) ?$"
)

LABEL = re.compile(
    r"^(?:(?:co quan|don vi|co quan, don vi|cac co quan|cac don vi)\s+)?"
    r"(chu tri|phoi hop|theo doi|thuc hien|tham muu|giam sat|don doc|ct|ph)"
    r"(?: thuc hien| tham muu| chinh| trien khai)?\s*(?::|-(?= ))\s*"
)
