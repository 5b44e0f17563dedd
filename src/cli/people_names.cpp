#include "cli/people_names.hpp"

namespace tasdiq::cli {
namespace {

// clang-format off
constexpr PersonName kMale[] = {
    {"محمد", "Mohamed", "Mohamed"}, {"أحمد", "Ahmed", "Ahmed"}, {"علي", "Ali", "Ali"},
    {"عمر", "Omar", "Omar"}, {"يوسف", "Youssef", "Youssef"}, {"خالد", "Khaled", "Khaled"},
    {"كريم", "Karim", "Karim"}, {"طارق", "Tarek", "Tarek"}, {"ياسين", "Yassine", "Yassin"},
    {"أيمن", "Aymen", "Ayman"}, {"حمزة", "Hamza", "Hamza"}, {"بلال", "Bilel", "Bilal"},
    {"أنس", "Anas", "Anas"}, {"عبد الرحمن", "Abderrahmane", "Abdelrahman"},
    {"عبد الله", "Abdallah", "Abdullah"}, {"مصطفى", "Mustapha", "Mostafa"},
    {"حسين", "Hocine", "Hussein"}, {"حسن", "Hassen", "Hassan"}, {"إبراهيم", "Brahim", "Ibrahim"},
    {"إسماعيل", "Ismaïl", "Ismail"}, {"سامي", "Sami", "Sami"}, {"نبيل", "Nabil", "Nabil"},
    {"رشيد", "Rachid", "Rashid"}, {"وليد", "Walid", "Waleed"}, {"هشام", "Hichem", "Hesham"},
    {"ماهر", "Maher", "Maher"}, {"زياد", "Zied", "Ziad"}, {"فارس", "Farès", "Fares"},
    {"مهدي", "Mehdi", "Mahdi"}, {"صالح", "Salah", "Saleh"}, {"سليمان", "Slimane", "Soliman"},
    {"عادل", "Adel", "Adel"}, {"شريف", "Chérif", "Sherif"}, {"أسامة", "Oussama", "Osama"},
};

constexpr PersonName kFemale[] = {
    {"فاطمة", "Fatma", "Fatma"}, {"مريم", "Mariem", "Mariam"}, {"عائشة", "Aïcha", "Aisha"},
    {"خديجة", "Khadija", "Khadija"}, {"زينب", "Zeineb", "Zeinab"}, {"أميرة", "Amira", "Amira"},
    {"سلمى", "Selma", "Salma"}, {"ياسمين", "Yasmine", "Yasmin"}, {"نور", "Nour", "Nour"},
    {"هدى", "Houda", "Hoda"}, {"ليلى", "Leïla", "Laila"}, {"سارة", "Sarra", "Sara"},
    {"إيمان", "Imen", "Eman"}, {"أسماء", "Asma", "Asmaa"}, {"رانيا", "Rania", "Rania"},
    {"دينا", "Dina", "Dina"}, {"منى", "Mouna", "Mona"}, {"نادية", "Nadia", "Nadia"},
    {"سعاد", "Souad", "Soad"}, {"حنان", "Hanane", "Hanan"}, {"آمنة", "Emna", "Amna"},
    {"رحمة", "Rahma", "Rahma"}, {"شيماء", "Chaïma", "Shaimaa"}, {"إيناس", "Ines", "Enas"},
    {"غادة", "Ghada", "Ghada"}, {"هاجر", "Hajer", "Hagar"}, {"بشرى", "Bouchra", "Bushra"},
    {"سمية", "Soumaya", "Somaya"}, {"وفاء", "Wafa", "Wafaa"}, {"نسرين", "Nesrine", "Nesreen"},
    {"ابتسام", "Ibtissem", "Ebtesam"}, {"لمياء", "Lamia", "Lamia"},
};

constexpr PersonName kTunisian[] = {
    {"الطرابلسي", "Trabelsi", "Trabelsi"}, {"بن علي", "Ben Ali", "Ben Ali"}, {"الهمامي", "Hammami", "Hammami"},
    {"الجلاصي", "Jelassi", "Jelassi"}, {"القروي", "Karoui", "Karoui"}, {"الشابي", "Chebbi", "Chebbi"},
    {"بن صالح", "Ben Salah", "Ben Salah"}, {"المرزوقي", "Marzouki", "Marzouki"}, {"العياري", "Ayari", "Ayari"},
    {"الغربي", "Gharbi", "Gharbi"}, {"بوعزيزي", "Bouazizi", "Bouazizi"}, {"المحجوبي", "Mahjoubi", "Mahjoubi"},
    {"الزواري", "Zouari", "Zouari"}, {"الكسراوي", "Kasraoui", "Kasraoui"}, {"السبعي", "Sebaï", "Sebai"},
    {"بن يوسف", "Ben Youssef", "Ben Youssef"}, {"الفقيه", "Fekih", "Fekih"}, {"النفزي", "Nefzi", "Nefzi"},
    {"الدريدي", "Dridi", "Dridi"}, {"المبروك", "Mabrouk", "Mabrouk"}, {"الورتاني", "Ouertani", "Ouertani"},
    {"الصفاقسي", "Sfaxi", "Sfaxi"}, {"العبيدي", "Abidi", "Abidi"}, {"الرياحي", "Riahi", "Riahi"},
};

constexpr PersonName kEgyptian[] = {
    {"عبد العزيز", "Abdelaziz", "Abdelaziz"}, {"السيد", "El Sayed", "El-Sayed"}, {"محمود", "Mahmoud", "Mahmoud"},
    {"حسنين", "Hassanein", "Hassanein"}, {"الشناوي", "El Shenawy", "El-Shenawy"}, {"فهمي", "Fahmy", "Fahmy"},
    {"منصور", "Mansour", "Mansour"}, {"عبد الفتاح", "Abdel Fattah", "Abdel-Fattah"}, {"زكي", "Zaki", "Zaki"},
    {"رمضان", "Ramadan", "Ramadan"}, {"البدوي", "El Badawy", "El-Badawy"}, {"غنيم", "Ghoneim", "Ghoneim"},
    {"سالم", "Salem", "Salem"}, {"المصري", "El Masry", "El-Masry"}, {"شاهين", "Shaheen", "Shaheen"},
    {"عبد الحميد", "Abdel Hamid", "Abdel-Hamid"}, {"النجار", "El Naggar", "El-Naggar"}, {"مرسي", "Morsi", "Morsi"},
    {"صبري", "Sabry", "Sabry"}, {"جرجس", "Girgis", "Girgis"}, {"حنا", "Hanna", "Hanna"},
    {"الدسوقي", "El Desouky", "El-Desouky"}, {"شعبان", "Shaaban", "Shaaban"}, {"لطفي", "Lotfy", "Lotfy"},
};

constexpr PersonName kAlgerian[] = {
    {"بوعلام", "Boualem", "Boualem"}, {"بن عمر", "Benamar", "Benamar"}, {"بلقاسم", "Belkacem", "Belkacem"},
    {"زروقي", "Zerrouki", "Zerrouki"}, {"حمداني", "Hamdani", "Hamdani"}, {"مزيان", "Meziane", "Meziane"},
    {"بومدين", "Boumediene", "Boumediene"}, {"شريف", "Chérif", "Cherif"}, {"سعيدي", "Saïdi", "Saidi"},
    {"بن عيسى", "Benaïssa", "Benaissa"}, {"مختاري", "Mokhtari", "Mokhtari"}, {"قاسي", "Kaci", "Kaci"},
    {"عمراني", "Amrani", "Amrani"}, {"لعريبي", "Laribi", "Laribi"}, {"تومي", "Toumi", "Toumi"},
    {"حداد", "Haddad", "Haddad"}, {"منصوري", "Mansouri", "Mansouri"}, {"بوزيد", "Bouzid", "Bouzid"},
    {"رحماني", "Rahmani", "Rahmani"}, {"عيساوي", "Aïssaoui", "Aissaoui"}, {"يحياوي", "Yahiaoui", "Yahiaoui"},
    {"براهيمي", "Brahimi", "Brahimi"}, {"ولد علي", "Ould Ali", "Ould Ali"}, {"معمري", "Mammeri", "Mammeri"},
};

constexpr PersonName kLibyan[] = {
    {"الزنتاني", "Zintani", "Al-Zintani"}, {"المقريف", "Magarief", "Al-Magarief"}, {"الورفلي", "Werfalli", "Al-Werfalli"},
    {"المسماري", "Mismari", "Al-Mismari"}, {"الفيتوري", "Fitouri", "Al-Fitouri"}, {"بن غشير", "Ben Ghashir", "Bin Ghashir"},
    {"الطرهوني", "Tarhouni", "Al-Tarhouni"}, {"الفرجاني", "Ferjani", "Al-Ferjani"}, {"السنوسي", "Senoussi", "Al-Senussi"},
    {"العبيدي", "Obeidi", "Al-Obeidi"}, {"المغربي", "Maghrabi", "Al-Maghrabi"}, {"البرعصي", "Baraassi", "Al-Barasi"},
    {"الشريف", "Chérif", "Al-Sharif"}, {"الككلي", "Kikli", "Al-Kikli"}, {"الغرياني", "Gharyani", "Al-Gharyani"},
    {"المصراتي", "Misrati", "Al-Misrati"}, {"بوشعالة", "Bouchaala", "Bushaala"}, {"الهوني", "Houni", "Al-Houni"},
    {"القماطي", "Gamati", "Al-Gamati"}, {"الدرسي", "Dersi", "Al-Dersi"},
};

constexpr PersonName kTunisianTowns[] = {
    {"تونس", "Tunis", "Tunis"}, {"صفاقس", "Sfax", "Sfax"}, {"سوسة", "Sousse", "Sousse"},
    {"القيروان", "Kairouan", "Kairouan"}, {"بنزرت", "Bizerte", "Bizerte"}, {"قابس", "Gabès", "Gabes"},
    {"المنستير", "Monastir", "Monastir"}, {"قفصة", "Gafsa", "Gafsa"}, {"باجة", "Béja", "Beja"},
};
constexpr PersonName kEgyptianTowns[] = {
    {"القاهرة", "Le Caire", "Cairo"}, {"الإسكندرية", "Alexandrie", "Alexandria"}, {"الجيزة", "Gizeh", "Giza"},
    {"المنصورة", "Mansourah", "Mansoura"}, {"طنطا", "Tanta", "Tanta"}, {"أسيوط", "Assiout", "Assiut"},
    {"بورسعيد", "Port-Saïd", "Port Said"}, {"الأقصر", "Louxor", "Luxor"}, {"دمياط", "Damiette", "Damietta"},
};
constexpr PersonName kAlgerianTowns[] = {
    {"الجزائر", "Alger", "Algiers"}, {"وهران", "Oran", "Oran"}, {"قسنطينة", "Constantine", "Constantine"},
    {"عنابة", "Annaba", "Annaba"}, {"تلمسان", "Tlemcen", "Tlemcen"}, {"سطيف", "Sétif", "Setif"},
    {"بجاية", "Béjaïa", "Bejaia"}, {"تيزي وزو", "Tizi Ouzou", "Tizi Ouzou"}, {"ورقلة", "Ouargla", "Ouargla"},
};
constexpr PersonName kLibyanTowns[] = {
    {"طرابلس", "Tripoli", "Tripoli"}, {"بنغازي", "Benghazi", "Benghazi"}, {"مصراتة", "Misrata", "Misrata"},
    {"سبها", "Sebha", "Sabha"}, {"الزاوية", "Zaouïa", "Zawiya"}, {"البيضاء", "El Beïda", "Al Bayda"},
    {"درنة", "Derna", "Derna"}, {"غريان", "Gharyan", "Gharyan"},
};
// clang-format on

}  // namespace

std::span<const PersonName> male_names() { return kMale; }

std::span<const PersonName> female_names() { return kFemale; }

std::span<const PersonName> family_names(std::string_view country) {
    if (country == "EG") return kEgyptian;
    if (country == "DZ") return kAlgerian;
    if (country == "LY") return kLibyan;
    return kTunisian;
}

std::span<const PersonName> towns(std::string_view country) {
    if (country == "EG") return kEgyptianTowns;
    if (country == "DZ") return kAlgerianTowns;
    if (country == "LY") return kLibyanTowns;
    return kTunisianTowns;
}

}  // namespace tasdiq::cli
