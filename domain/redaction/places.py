"""Words by which places are told from persons, and where an address begins and ends."""

from domain.redaction.reading import Vocabulary, phrases

PLACE_WORDS = Vocabulary.of("""
đường phố ngõ ngách hẻm kiệt phường xã trấn thị huyện quận tỉnh tp thôn xóm ấp bản làng khu kđt kcn
ccn chợ cầu sông kênh chùa đền đình miếu lăng ga dốc rạch cảng đảo núi tòa toà trường viện trạm đài
hội rạp hồ đê đập bến trại xưởng quán tiệm cty dntn htx tnhh quỹ giải học thpt thcs chuyên non
""")
"""Words right before a name that make it a place's, a school's or a company's."""
PLACE_PAIRS = (
    "thành phố",
    "quốc lộ",
    "đại lộ",
    "tỉnh lộ",
    "công viên",
    "quảng trường",
    "tượng đài",
    "nhà thờ",
    "khu phố",
    "dân phố",
    "đô thị",
    "công nghiệp",
    "dân cư",
    "sân vận động",
    "ngã tư",
    "ngã ba",
    "vòng xuyến",
    "chung cư",
    "phòng khám",
    "công ty",
    "doanh nghiệp",
    "tư nhân",
    "hợp tác xã",
    "cửa hàng",
    "nhà hàng",
    "khách sạn",
    "tập đoàn",
    "cổ phần",
    "thành viên",
    "thương mại",
    "dịch vụ",
    "xây dựng",
    "tiểu học",
    "đại học",
    "cao đẳng",
    "trung học",
    "phổ thông",
    "trung tâm",
    "tư tưởng",
    "phong cách",
    "bảo tàng",
    "công chứng",
    "di tích",
)
TOWARDS = Vocabulary.of("ở tại về từ đến thuộc qua gần tới sang đi")
"""After which two words in capitals are a place."""
HISTORIC = phrases("""
ho chi minh | tran hung dao | ly thai to | nguyen trai | nguyen du | le loi | le quy don |
nguyen van cu | ngo gia tu | tran phu | le duan | le hong phong | nguyen thi minh khai |
hoang quoc viet | hoang hoa tham | ly thuong kiet | nguyen tri phuong | vo thi sau | nguyen van troi
| phan boi chau | phan chu trinh | nguyen dang dao | han thuyen | ngo quyen | dinh tien hoang |
le thanh tong | le thai to | tran nhan tong | tran quang khai | tran nguyen han | tran quoc toan |
nguyen hue | quang trung | phan dinh phung | nguyen binh khiem | nguyen cao | nguyen gia thieu |
le van thinh | ly anh tong | ly nhan tong | ly thanh tong | vo nguyen giap | ton duc thang |
pham van dong | truong chinh | nguyen van linh | nguyen chi thanh | to hieu | hoang van thu |
nguyen thai hoc | chu van an | mac dinh chi | ly quoc su | bui thi xuan | doan thi diem |
ho xuan huong | nguyen cong tru | nguyen khuyen | tran cao van | tran te xuong | nguyen quyen |
vu kiet | le phung hieu | hai ba trung | ba trieu | ly cong uan | nguyen phi y lan | ho ngoc lan |
hoang ngoc phach | thanh nien | huyen quang | vu gioi | nguyen huu huan | luong the vinh |
trang trinh | le chan | huynh thuc khang | pham ngoc thach | hoang dieu | dang thai mai |
nguyen dinh chieu | tran binh trong | tran khanh du | vo van kiet | ly tu trong | nguyen luong bang
| nguyen van huyen | ngo si lien | than nhan trung | nguyen giap | bac ho | cao ba quat
""")
"""People whose names stand for streets and schools; masked only after a title."""
PLACE_NAMES = phrases("""
ha noi | ha tinh | ha nam | ha giang | ha dong | cao bang | lam dong | lam ha | thai nguyen |
thai binh | thai lan | lai chau | lao cai | luong tai | luong son | phan thiet | phan rang | vu thu
| vu ninh | vo cuong | mai chau | mai dinh | ho tay | ho guom | ly son | ly nhan | tran de |
hoang mai | hoang sa | truong sa | dao xa | dang xa | ngo xa | ngo khe | trinh xa | trinh nguyen |
duong noi | duong xa | le chan | cao duc | chu dau | dinh bang | dinh to | to hieu | la gi |
doan thanh | doan the | vi xuyen | ho so | vu ban | vu quang | phu tho | ninh binh | ninh xa |
an thinh | an binh | kim son | kim thanh | ha long | ha lang | phuong mai | phuong lieu | dong nai |
dong thap | dong nguyen | dong anh | hoa binh | hoa long | son la | son tay | son tra | chau khe |
chau doc | thi cau | tan an | thach that | tien du | vuong quoc | ly thai | giap tet | giap ranh |
than nhan | tu son | yen phong | que vo | gia binh | thuan thanh | mai lam | mong cai | ca mau |
an giang | viet nam
""")
"""Two words that look like surname and given name and are a place."""
UNIT_STARTS = Vocabulary.of("xã phường thị huyện tỉnh thành tp quận")
"""Where an address ends: what follows is kept."""
RESIDENCE = (
    "thuong tru",
    "tam tru",
    "cu tru",
    "tru tai",
    "tru o",
    "tru",
    "ngu tai",
    "ngu",
    "dia chi",
    "dia chi nha",
    "dia chi thuong tru",
    "dia chi lien he",
    "dia chi cu tru",
    "dia chi tam tru",
    "dia chi nhan thu",
    "ho khau",
    "ho khau thuong tru",
    "cho o",
    "cho o hien nay",
    "noi o",
    "noi o hien nay",
    "noi cu tru",
    "song o",
    "song tai",
    "toi o",
    "nha em",
    "nha chau",
    "em o",
    "chau o",
    "nha em o",
    "nha chau o",
    "gia dinh toi o",
    "nha toi o",
    "nha o",
    "nha toi",
    "que quan",
    "que o",
)
