"""Words by which names and titles are told. Written with their marks; see `reading.Vocabulary`."""

from domain.redaction.reading import Vocabulary, phrases

STRONG = Vocabulary.of("""
nguyễn trần phạm huỳnh hoàng bùi đặng ngô dương đinh trịnh võ vũ phan trương phùng nguyền
""")
"""Surnames that are hardly ever another word."""
SURNAMES = Vocabulary.of(
    *STRONG.marked,
    """
lê đỗ hồ lý đào đoàn lâm mai hà lương lưu cao chu tạ thái quách tô kiều nghiêm vương tăng la lò
lường quàng cầm nông hứa vi ma giàng sùng lầu thào vàng triệu bàn phương bế đàm thân giáp khúc khổng
tống lục mạc mông ninh ngụy nhữ tiêu tôn từ viên an âu bạch biện bồ ca châu cù doãn đồng đường hàn
hạ hầu huyền khương kha kim liễu lã lại lều lăng lộc mẫn mầu ngọ ngũ nhan nhâm ôn phí phó phi quan
sầm sơn tào thạch thi thiều tiết trà trầm ung uông xa xồng y ngân dư điêu hoa kiên khà cà lèo
tòng
""",
)
ALONE = Vocabulary.of(
    *STRONG.marked,
    """
lê đỗ đào lưu lương tạ quách nghiêm nông hứa giàng khổng tống ngụy nhữ doãn thân giáp lý vi chu tô
""",
)
"""Surnames after which two words in capitals are taken for a name although nobody calls them one."""
MIDDLES = Vocabulary.of("""
văn thị thế đức hữu đình xuân quang ngọc công trọng bá duy gia khắc sỹ sĩ viết đăng mạnh quốc huy
hồng thanh minh thu kim bích thúy thuý anh hoài khánh phương tuấn hải như mỹ diệu việt tiến bảo nhật
trung đắc tất
""")
STRICT = Vocabulary.of("văn thị")
"""Middle names after which the next word is a given name whatever it is."""
GIVEN = Vocabulary.of("""
an anh ánh bách bằng bảo bích bình bính bôn cảnh cần chân châu chi chiến chinh chính chung chương
chuyên cúc công cương cường dân danh diễm diễn diệp diệu doanh dung dũng duy duyên dương đại đan đào
đạt điệp điền định đoan đoàn đông đồng đức gấm giang giao hà hải hảo hạnh hằng hân hậu hiên hiền
hiển hiệp hiếu hiệu hoa hòa hoà hoàn hoàng hoan hoạt hồng huân huấn huệ hùng huy huyên huyền hưng
hương hường hữu khải khang khánh khoa khôi khuê khuyên kiên kiệt kiều lâm lan lành lân lệ liên liễu
linh loan long lộc lợi luân luận lụa lực lương lượng ly lý mai mạnh mẫn mẫu minh mùi mừng mỹ my nam
năm nga ngà ngân nghĩa ngọc nguyên nguyệt nhã nhài nhàn nhân nhật nhi nhiên nhung như oanh phát
phong phú phúc phước phượng phương quân quang quế quốc quý quyên quyền quyết quỳnh sang sáng san sao
sâm sinh soan sơn sương tài tám tâm tân tấn thạch thái thanh thành thạo thảo thắm thắng thể thêm thi
thiện thiệp thịnh thoa thọ thơ thơm thông thu thuần thuận thúy thuý thủy thuỷ thùy thuỳ thuyết thư
thương tiên tiến tiệp tình tính toàn toản toán trà trâm trang trí trinh trình trúc trung trường
trưởng tú tuân tuấn tuất tuệ tùng tuyên tuyến tuyền tuyết tư tường tưởng tý uyên vân vi viên việt
vinh vĩnh vui vương vượng vy xoan xuân xuyến ý yên yến đô thìn thân khuyến
dậu hợi tỵ tí sửu mão dần ghi chắt thỉnh nụ mỵ lịch khích đảm hoạch kha khiêm kỷ lựu mây nết nghị
ngoan nhạn nở phấn sen sim thỏa thoại thoan thuyên tĩnh tịnh toại trọng trụ truyền ước vạn páo sáu bảy
""")
CALLED = Vocabulary.of("""
hương tuấn hùng dũng lan hằng nga thủy thuỷ thúy thuý tuyết oanh yến quỳnh trang linh huyền phượng
hiếu cường sơn khánh quân vinh nhung ngân vy loan hải long kiên hoàng huy duy tùng lâm thắm hà hồng
liên cúc diệp lụa quyên duyên tú toàn thịnh bích ngọc giang châu trinh thắng huệ hường trâm thoa
xuân vân
""")
"""Given names that nobody takes for another word after a title, also in small letters."""
KIN = Vocabulary.of("""
ông bà anh chị em cô chú bác cậu mợ dì thím cụ cháu thầy bạn
""")
PLAIN_KIN = frozenset({"ong", "anh", "chi"})
"""What, without marks, can be taken for a title when a name in capitals follows."""
POSTS = (
    "đồng chí",
    "đ/c",
    "cán bộ",
    "công chức",
    "viên chức",
    "chuyên viên",
    "nhân viên",
    "phó chủ tịch",
    "chủ tịch",
    "bí thư",
    "phó bí thư",
    "trưởng thôn",
    "trưởng phòng",
    "phó phòng",
    "trưởng xóm",
    "trưởng khu",
    "trưởng ban",
    "tổ trưởng",
    "giám đốc",
    "phó giám đốc",
    "hiệu trưởng",
    "kế toán",
    "văn thư",
    "bác sĩ",
    "bác sỹ",
    "y tá",
    "điều dưỡng",
    "cô giáo",
    "thầy giáo",
    "giáo viên",
    "luật sư",
    "kỹ sư",
    "công an viên",
    "trung úy",
    "thượng úy",
    "đại úy",
    "thiếu tá",
    "trung tá",
    "thượng tá",
    "đại tá",
    "thẩm phán",
    "công chứng viên",
    "lãnh đạo",
    "người nhận hồ sơ",
    "chủ hộ",
    "hộ",
)
UNITS = ("ủy ban nhân dân", "uỷ ban nhân dân", "ubnd", "hđnd", "đảng ủy", "tỉnh", "huyện", "xã", "phường", "thị trấn")
"""What may stand between a post and a name: "Chủ tịch UBND xã Nguyễn …"."""
INTROS = (
    "tôi là",
    "tôi tên là",
    "tôi tên",
    "tên tôi là",
    "tên tôi",
    "em là",
    "em tên là",
    "em tên",
    "cháu là",
    "cháu tên là",
    "cháu tên",
    "con tên là",
    "mình là",
    "mình tên là",
    "tên là",
    "tên",
    "họ và tên",
    "họ tên",
    "họ tên người gửi",
    "người gửi",
    "người phản ánh",
    "người kiến nghị",
    "người làm đơn",
    "người viết đơn",
    "người nộp",
    "người đại diện",
    "đại diện là",
    "gia đình là",
    "ký tên",
    "đứng tên",
    "trai tôi là",
    "gái tôi là",
    "con tôi là",
    "vợ tôi là",
    "chồng tôi là",
    "bố tôi là",
    "mẹ tôi là",
    "người bị phản ánh",
    "người bị kiến nghị",
    "người thụ lý",
    "người tiếp nhận",
    "người phụ trách",
    "người ký",
    "bên mua",
    "bên bán",
    "gặp",
    "gọi cho",
    "nộp cho",
    "đưa cho",
    "gửi cho",
    "facebook",
    "fb",
    "nick",
    "zalo",
)
NAMED_SURELY = frozenset({"họ và tên", "họ tên", "họ tên người gửi", "tên", "người gửi", "ký tên"})
"""After which a single word in capitals is a name."""

NOT_AFTER_TITLES = phrases("""
ba ria | ba na | ba trieu | ba trung | ba den | ba vi | ba be | ba dinh | ba to | ba chua | co to |
co loa | anh son | bac ho | bac ninh | bac giang | bac kan | bac lieu | bac son | bac ha | ong ich |
chi lang | chi linh | chu lai | chu se | chu dau | chu tich | em chua
""")
CUTS = phrases("""
chu tich | pho chu | pho giam | pho truong | truong phong | truong thon | truong ban | giam doc |
van phong | cong an | bi thu | can bo | chuyen vien | trung tam | cong ty | dia chi | dien thoai |
sinh nam | sinh ngay | so dien | so nha | bo phan | uy ban | chi cuc | chi nhanh | mot cua | tu phap
| dia chinh | ho so | giay chung | nguoi dan | cong dan | doanh nghiep | thanh tra | toa an |
vien kiem | ngan hang | dang uy | tinh uy | thanh pho | to truong | hieu truong | thu tuong |
bo truong | thu truong | quoc hoi | quoc lo | nghi dinh | chanh van | viet nam | tay ninh | bo chinh
| mat tran | hoi dong | hoi nong | thong tin | tai chinh | tai nguyen | y te | kinh te | van hoa |
so cccd | nong nghiep | xay dung | giao duc | giao thong | noi vu | cong thuong | khoa hoc | ky su |
bac si | luat su | to dan | mau so | hanh chinh | phuc vu | tiep dan | tiep nhan | dang ky | dat dai
| moi truong | quan ly | canh sat | an ninh | bao ve | thu ky | quang ninh | quang nam | quang tri |
thanh hoa | hung yen | hai duong | hai phong | vinh phuc | tien giang | khanh hoa | binh duong | long an | dong anh |
gia lam | bao hiem | xa hoi
""")
"""Two bare words that begin an office, a post or a field, and end a name."""
ENDS = Vocabulary.of("""
ubnd hđnd cccd cmnd sđt sdt đt dt tđp tdp tnhh bhxh bhyt sở phòng ban xã phường huyện tỉnh thôn xóm đường
phố quận phó chánh trưởng giám ủy uỷ pháp vụ cục mst stk đc cty ngày tháng năm
""")
"""Single bare words in capitals that end a name after the first word, where they are no given name themselves."""
STOPS = Vocabulary.of("""
ở tại sinh trú thường địa số sđt đt sdt cccd cmnd có đã đang bị được đi đến là và cư hiện nay thuộc
nơi bảo nhận xin muốn không chưa để về cùng thì mà với cho vì do bộ khi từ trong ngoài ký nộp gửi
trình làm nghề yêu trả hẹn hỏi phản kiến giải cần phải vẫn cũng rất này kia ấy đó ta nói gọi nêu
theo ngày năm tháng mới lại ra vào trên dưới sau trước người dân công cán chủ tôi em con anh chị ông
bà cô chú đề nghị xác lên đây lúc các những hay hoặc nhưng nếu
""")
"""Words that end a name written in small letters."""
