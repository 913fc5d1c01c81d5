"""The words officers use, folded, by what they do in a sentence. Only data: the grammar is in `judging`.

A longer phrase hides the shorter ones inside it, so an innocent compound ("phần mềm") is a phrase too.
"""

from enum import StrEnum, auto


class Kind(StrEnum):
    """What a phrase does in a sentence."""

    WORD = auto()
    """A word of no weight here, or an innocent compound."""
    STOP = auto()
    """Punctuation that ends a clause."""
    ASKED = auto()
    """A question mark."""
    CODE = auto()
    PAPER = auto()
    """A document: its number, its date or both."""
    DAY = auto()
    LENGTH = auto()
    PERCENT = auto()

    NOT = auto()
    UNFINISHED = auto()
    SOON = auto()
    PART = auto()
    UNDONE = auto()
    """What was done stands no more: sent back, withdrawn, to be done again."""
    PAST = auto()
    STILL = auto()
    DONE = auto()
    SENT = auto()
    """Done only where it is past and its object is the product."""
    STEP = auto()
    """A step that is over; the task itself only where its code is the object."""
    PRODUCT = auto()
    WORKING = auto()
    REMAIN = auto()
    PLAN = auto()
    DOUBT = auto()
    IF = auto()
    WHEN = auto()
    """Asks for a moment, or opens a condition ("bao giờ xong em báo")."""
    THEN = auto()
    REPORT = auto()
    ASK = auto()
    WHAT = auto()
    """A question word; after a negation it asks nothing ("không vướng gì")."""
    WHERE = auto()
    """"đâu": asks, denies ("đã xong đâu") or stresses ("chưa xong đâu")."""
    MAY = auto()
    """A polite tail, "được không": what is requested stays requested."""
    HA = auto()
    ACCEPT = auto()
    EXTEND = auto()
    TROUBLE = auto()
    LACK = auto()
    """Something is missing; before a trouble it denies it ("không có vướng mắc")."""
    UNABLE = auto()
    IN_TIME = auto()
    """Denied, it is trouble ("không xong kịp")."""
    FOREIGN = auto()
    """Belongs to others."""
    BELONGS = auto()
    STAND_IN = auto()
    TRANSFER = auto()
    TITLE = auto()
    AGENCY = auto()
    REQUEST = auto()
    GUIDE = auto()
    SELF = auto()
    PARTICLE = auto()
    YES = auto()
    JOIN = auto()
    """Opens a new clause."""
    BECAUSE = auto()
    THEREFORE = auto()


PHRASES: dict[Kind, str] = {
    Kind.WORD: """
        don vi, dia phuong, tai chinh, tien do, phan mem, thanh phan, phan hoi, phan cong, phan anh, dong dau,
        so lieu, so sach, ho so, cong so, chu ky so, ky so, chuyen doi so, khong gian, khong nhung, khong chi,
        dang ky, dang nhap, dang uy, dang vien, xac nhan, ghi nhan, nhan xet, nhan dinh, nhan thuc, ca nhan, nhan dan,
        nhan luc, nhan vien, con so, con dau, con nguoi, may tinh, may moc, may chu, khuyen mai, thuong mai, doan the,
        the thao, cong khai, bao dam, bao gom, bao chi, bao hiem, bao ve, nha nuoc, thay vi, vi pham, hanh vi,
        pham vi, quy trinh, qua trinh, trinh do, cong trinh, lo trinh, xin bao cao, xin bao, xin thong bao,
        cho em bao cao, xin phep bao cao, em xin bao cao, thay doi, thay the, quan ly, can bo, can cu, can thiet,
        gan day, gan nhat, ngay dau, ban dau, bat buoc, yeu to, tai lieu, tai khoan, tai san, vi tri, tu van, tu phap,
        noi vu, du an, du toan, mai mai, chung thuc, bo phan, ban ngay, phong van, cua em, cua toi, cua minh,
        co huong dan, khoi luong, noi dung, dung han, dung tien do, khan truong, lien thong, du lieu, khong sao,
        lanh dao, benh vien, kho bac, kho luu tru, kho du lieu, thuan loi, thuy loi, quyen loi, loi ich, loi nhuan,
        phuc loi, loi dung, cong tac, doi tac, hop tac, tac dong, tac phong, tac gia, thao tac, tuong tac, toi thieu,
        giam thieu, thieu so, gioi thieu, thieu nhi, thieu nien, ket noi, ket thuc, ket luan, dang ket noi,
        dang ket thuc, dang ket luan, met vuong, hung vuong, cho bo phan, nhan su, chung nhan, cong nhan, tu nhan,
        gan voi, gan bien, duoc giao, da giao, theo doi, doi voi, doi ngu, trao doi, doi tuong, doi moi, sua doi,
        chuyen doi, de an, van de, chuyen de, chu de, de tai, thu tuong, hien tuong, tuong tu, cu the, cu tri, bau cu,
        de cu, dan cu, vi du, che do, muc do, ban do, do thi, toc do, do an, nong thon moi, moi don vi, moi xa,
        thi dua, thi hanh, thi cong, thi tuyen, ky thi, he thong, ho tro, ho gia dinh, ho kinh doanh
    """,
    Kind.NOT: """
        khong, chang, cha, khong con, khong he, khong co gi, chua co gi, chang co gi, khong can, chua can,
        khong gap, chua gap, khong thay, khong phai, chua phai, da het, het, da go, da thao go, da xu ly duoc
    """,
    Kind.UNFINISHED: "chua, chua he, chua the, dau da, dau co, lam gi da, khong the, chua duoc, chang the, nao da",
    Kind.SOON: "sap, gan, gan nhu, suyt, chuan bi, con lau, con lau moi, da gan, sap sua, xap xi",
    Kind.PART: """
        mot phan, mot nua, nua chung, duoc nua, hon nua, phan, phan lon, da phan, buoc, buoc dau, giai doan, co ban,
        ve co ban, so bo, hau het, hau nhu, du thao, ban thao, ban nhap, de cuong, mot so, mot it, tung phan, khau,
        gan het, tam xong, 1 nua, 1 phan, 1 so, 1 it, khung, cai khung, tam thoi, chi moi, moi chi, moi co,
        moi duoc, chi xong, dot mot
    """,
    Kind.UNDONE: """
        bi tra lai, bi tra ve, tra lai roi, bi thu hoi, thu hoi roi, da thu hoi, bi bac, bi huy, lam lai, phai lam lai,
        phai sua, sua lai, dang sua, sai so lieu, bi sai, hoa ra chua, bi tu choi
    """,
    Kind.PAST: """
        da, roi, vua, vua moi, moi vua, hom qua, hom kia, hom truoc, tuan truoc, thang truoc, nam ngoai, tu lau,
        het roi, vua roi, da duoc, da co
    """,
    Kind.STILL: "van, cung, deu, hien, hien tai, den nay, den gio",
    Kind.DONE: """
        xong, hoan thanh, hoan tat, xong xuoi, dut diem, lam xong, thuc hien xong, hoan thanh xong,
        trien khai xong, da trien khai xong, xu ly xong
    """,
    Kind.STEP: """
        tong hop xong, soan xong, hop xong, ra soat xong, thu thap xong, kiem tra xong, khao sat xong, viet xong,
        doc xong, xem xong, nhap xong, in xong, thong ke xong, nghien cuu xong, lap xong, du toan xong, tham dinh xong,
        goi xong, noi xong, trao doi xong, hoi xong, lien he xong
    """,
    Kind.SENT: """
        gui, nop, ban hanh, phat hanh, bao cao, tra loi, tham muu ban hanh, ky ban hanh, dang tai, dang len,
        gui di, ky, gui du
    """,
    Kind.PRODUCT: """
        van ban, cong van, ke hoach, to trinh, quyet dinh, ket qua, qua truc lien thong, qua he thong,
        len he thong, qua truc, qua email, qua ioffice, ve van phong, cho van phong, len cong, bang van ban,
        bang cong van, tu, ve, day du, thong bao, giay moi, chi thi, nghi quyet, phuong an, chuong trinh
    """,
    Kind.WORKING: """
        dang, van dang, van lam, van thuc hien, tiep tuc, trinh, trinh ky, da trinh, da trien khai, bat dau,
        da bat dau, xin y kien, lay y kien, cho ky, cho lanh dao ky, cho duyet, cho phe duyet,
        cho phat hanh, cho dong dau, dang cho ky, dang cho duyet, dang cho lanh dao, dang hoan thien, dang hoan thanh,
        cho lanh dao, con dang, dang xin y kien, hoan thien, duoc tren, dang trinh, dang cho phe duyet,
        dang cho phat hanh, dang cho dong dau
    """,
    Kind.REMAIN: "con, chi con, con lai, con moi, con thieu, con phai, con ton",
    Kind.PLAN: """
        se, du kien, phan dau, co gang, hua, quyet tam, hy vong, cam ket, uoc, du tinh, du dinh
    """,
    Kind.DOUBT: """
        phai, can, can phai, chac, chac la, chac cung, co le, co ve, hinh nhu, nghe noi, nghe bao, tuong, cu tuong,
        gia su, muon, doi, de, yeu cau, nhac, don doc, toi han, lo, bao nhieu nguoi, ke hoach la, coi nhu, xem nhu
    """,
    Kind.IF: "neu, khi, sau khi, truoc khi, trong khi, gia nhu, truong hop, mien la, cu, mot khi, toi khi",
    Kind.WHEN: "bao gio, khi nao, luc nao, chung nao, hom nao, ngay nao",
    Kind.THEN: "thi, la, moi",
    Kind.REPORT: "bao, bao lai, bao sau, bao ngay, nhan lai, thong bao lai, goi lai, gui lai, bao cao lai, bao cao sau",
    Kind.ASK: """
        cho hoi, cho em hoi, cho toi hoi, cho minh hoi, xin hoi, em hoi, muon hoi, xin duoc hoi, hoi chut, hoi ti,
        thac mac, khong biet, chua biet, chua ro, khong ro, chua hieu, khong hieu, chua nam duoc, con ban khoan,
        phai khong, dung khong, co phai, co dung, duoc chua, hay khong, hay chua, co can, co duoc, co bat buoc,
        la sao, nghia la gi, giai thich giup, hay sao
    """,
    Kind.WHAT: """
        gi, nao, ai, the nao, nhu the nao, ra sao, lam sao, tai sao, vi sao, sao, sao lai, sao van, may gio, may ngay,
        ngay may, thu may, may ban, may thang, bao nhieu, bao lau, la gi, cho nao, don vi nao, mau nao, gi vay,
        o dau, cho ai, bang cach nao, may hom, may bua, may nguoi
    """,
    Kind.WHERE: "dau",
    Kind.MAY: "duoc khong, co duoc khong, duoc chu, duoc phep khong",
    Kind.HA: "ha?, nhi, ha, hu",
    Kind.ACCEPT: """
        nhan, da nhan, da nhan duoc, nhan duoc, tiep nhan, da ro, ro roi, ro, nam duoc,
        da nam, hieu roi, da hieu, se lam, se thuc hien, se trien khai, xin nhan, dong y nhan, da tiep nhan,
        se nghien cuu, da biet
    """,
    Kind.EXTEND: """
        gia han, lui, lui han, lui thoi han, gian, gian han, gian tien do, doi han, doi sang, doi den, doi lai,
        doi thoi han, xin hoan, cho hoan, hoan den, hoan lai, tam hoan, keo dai, nop cham, gui cham, bao cao cham,
        khat, them thoi gian, xin them, cho them, xin cham, cho cham, noi han, noi thoi han, xin doi, cho doi,
        chuyen han
    """,
    Kind.TROUBLE: """
        vuong, vuong mac, kho, kho khan, gap kho, gap kho khan, bi ket, dang ket, con ket, ket cho, ket o,
        ket kinh phi, bi tac, tac o, tac nghen, ach tac, truc trac, loi, qua tai,
        bat cap, chong cheo, thieu, khong kip, chua kip, so khong kip, cho so lieu, cho huong dan, cho van ban,
        cho phan hoi, cho ket qua, dang cho, dang cho so lieu, cho cap kinh phi, cho kinh phi, cho bo, cho trung uong,
        cho cac xa, cho y kien, bi dong, o dong, tre tien do, cham tien do, mat dien, mat mang, cho cac don vi,
        dang bi, thieu so lieu, cho tham dinh, vuong o cho, vuong cho, mac o cho, kho o cho, ket o cho,
        chua co huong dan
    """,
    Kind.LACK: """
        chua co, khong co, chua nhan duoc, khong nhan duoc, chua cung cap, khong cung cap, chua tra loi, chua phan hoi,
        khong phan hoi, chua phoi hop, khong phoi hop, chua bo tri, khong bo tri, chua duoc bo tri, chua duoc cap,
        chua duoc huong dan, khong du, chua du, chua gui so lieu, khong gui so lieu, chua cap, chua thong nhat,
        khong thong nhat, khong hop tac, khong dang nhap duoc, khong truy cap duoc, chua gui ve
    """,
    Kind.UNABLE: """
        khong lam duoc, khong thuc hien duoc, khong the lam, khong the thuc hien, khong the hoan thanh,
        khong trien khai duoc, khong hoan thanh duoc, khong lam noi, khong the trien khai
    """,
    Kind.IN_TIME: "kip",
    Kind.FOREIGN: """
        khong thuoc, chua thuoc, khong phai viec, khong phai cua, khong phai la viec, khong phai nhiem vu,
        khong phai la nhiem vu, khong phai trach nhiem, khong phai tham quyen, khong phai chuc nang,
        khong phai don vi, khong phai so, khong phai phong, khong phai xa, khong phai ben,
        khong phai phan viec, khong phai la cua, khong chu tri, khong phai chu tri,
        khong duoc giao chu tri, khong phu trach, khong duoc phan cong, khong lien quan, giao nham, nham don vi,
        nham co quan, nham so, nham nguoi, chuyen nham, gui nham, phan cong nham, nham roi, khong dung don vi,
        khong dung chuc nang, khong dung tham quyen, ngoai tham quyen, ngoai chuc nang, sai don vi, khong quan ly
    """,
    Kind.BELONGS: """
        thuoc tham quyen, thuoc chuc nang, thuoc trach nhiem, thuoc nhiem vu, thuoc ve, viec nay cua, viec nay la cua,
        viec nay thuoc, nhiem vu nay cua, nhiem vu nay thuoc, la viec cua, la cua, viec cua, trach nhiem cua,
        nhiem vu cua, phan viec cua
    """,
    Kind.STAND_IN: """
        lam thay, lam ho, lam giup, thay em, thay toi, thay minh, xu ly thay, xu ly ho, truc thay, phu trach thay,
        theo doi thay, dam nhan thay, phu trach ho, uy quyen, ban giao cho, ban giao lai, giao lai cho, lam thay em,
        lam thay toi, truc ho, thay mat em, thuc hien thay, nho nguoi khac lam, lam thay minh, truc thay em,
        phu trach thay em, xu ly thay em, theo doi thay em
    """,
    Kind.TRANSFER: "chuyen, chuyen cho, chuyen viec nay cho, chuyen sang, chuyen ve, giao cho, chuyen viec",
    Kind.TITLE: """
        anh, chi, cac anh, cac chi, cac ban, cac bac, cac dong chi, moi nguoi, chu, bac, ong, ba, dong chi,
        d / c, ban, a / c
    """,
    Kind.AGENCY: """
        so, ben, ubnd, uy ban, phong, chi cuc, cuc, trung tam, cong an, bo, xa, phuong, thanh tra, don vi khac,
        co quan khac, don vi ban, ban quan ly, van phong, noi khac, bo chi huy, so khac, vien, hoi, dung don vi
    """,
    Kind.REQUEST: "xin, cho, de nghi, kinh de nghi, mong, nho, xin phep, cho phep, xin duoc, kinh mong, de xuat",
    Kind.GUIDE: "huong dan, chi giup, giai dap, tu van giup, huong dan giup",
    Kind.SELF: "em, toi, minh, chung toi, chung em, ben em, ben minh, co quan toi, tui",
    Kind.PARTICLE: """
        a, nhe, nha, vay, the, nghe, ak, nghen, nhen, oi, luon, day, ca, di, ta, voi, giup, sep,
        nua, cam on, thong cam
    """,
    Kind.YES: "ok, oke, okie, vang, u, da vang, dong y, nhat tri, duoc, chao, kinh chao",
    Kind.JOIN: "nhung, va, ma, tuy nhien, song, dong thoi, nhung ma, cong voi, lai con, roi sau do",
    Kind.BECAUSE: """
        vi, do, boi, boi vi, tai, tai vi, vi la, la do, la vi, do la, ly do, ly do la, nguyen nhan, nguyen nhan do
    """,
    Kind.THEREFORE: "nen, cho nen, vi vay, do do, vi the, do vay",
}

_SHORT: dict[str, str] = {
    "xong": "xog xg xoq xonq sog",
    "hoan thanh": "ht hthanh hoanthanh",
    "roi": "r rui oy roai rr",
    "khong": "k ko kg hk hok hog hem hong khg kh hg kog khum",
    "chua": "ch chx",
    "cung": "cx cg",
    "duoc": "dc dk dx",
    "lam": "lm",
    "lam viec": "lv",
    "dang": "dg",
    "van ban": "vb",
    "bao cao": "bc",
    "em": "e",
    "chi": "c",
    "anh": "mn",
    "anh chi": "ac",
    "minh": "mk",
    "don vi": "dv",
    "lanh dao": "ld",
    "so lieu": "sl",
    "thoi gian": "tg",
    "cong tac": "ctac",
    "gia han": "gh",
    "vuong mac": "vm",
    "kiem tra": "ktra",
    "chuan bi": "cb",
    "nhu the nao": "ntn",
    "gi": "j",
    "vay": "z v",
    "bao gio": "bh bgio",
    "bao nhieu": "bn",
    "moi": "ms",
    "truoc": "trc",
    "voi": "vs",
    "nguoi": "ng",
    "nhung": "nhug nhg",
    "hom nay": "hnay",
    "hom qua": "hqua",
    "ok": "okela oki okey okay",
    "u": "uk ukm uh um",
    "vang": "dạ vg",
    "ha?": "à hả hử",
    "truc trac": "hỏng",
    "cam on": "tks thanks thank",
}
"""Words by the short spellings that stand for them; one with marks stands for that spelling alone."""

TEEN = {spelling: word for word, spellings in _SHORT.items() for spelling in spellings.split()}

OTHER_WORDS = """
    thu hai ba tu nam sau bay chu nhat cn ngay mai mot kia hom nay tuan thang quy toi cuoi dau giua het trong truoc
    den sang qua nua them lam viec so lieu vi cho viec nhiem vu ma chieu trua dem i ii iii iv phan tram khoang
    tam chin muoi bon lui sau tet mung mong kem theo
"""
"""Words that other parts of the reading know: of days, lengths and codes."""


def _phrases() -> dict[str, list[tuple[tuple[str, ...], Kind]]]:
    found: dict[str, list[tuple[tuple[str, ...], Kind]]] = {}
    for kind, listed in PHRASES.items():
        for phrase in listed.split(","):
            words = tuple(phrase.split())
            found.setdefault(words[0], []).append((words, kind))
    for each in found.values():
        each.sort(key=lambda one: -len(one[0]))
    return found


BY_FIRST_WORD = _phrases()
"""The phrases that a word opens, the longest first."""

KNOWN = frozenset(
    [*OTHER_WORDS.split(), *(word for each in BY_FIRST_WORD.values() for words, _ in each for word in words)]
)
"""Every word that means something to the reader: a slip of the keyboard is mended only into one of these."""
