#include <algorithm>
#include <array>

#include "base/ensure.hpp"
#include "cli/people_names.hpp"
#include "cli/sandbox_data.hpp"
#include "codec/json.hpp"

namespace tasdiq::cli {
namespace {

using codec::Json;

// The file is ours and compiled in: what is wrong with it is our defect.
const Json& member(const Json& object, std::string_view key) {
    const Json* value = object.find(key);
    ENSURE(value != nullptr);
    return *value;
}

std::string text(const Json& object, std::string_view key) {
    return member(object, key).as_string();
}

wire::Titles titles(const Json& object) {
    return {text(object, "ar"), text(object, "en"), text(object, "fr")};
}

/// SplitMix64: small, and the same everywhere.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_{seed} {}

    std::uint64_t below(std::uint64_t bound) {
        state_ += 0x9E3779B97F4A7C15;
        std::uint64_t value = state_;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return (value ^ (value >> 31)) % bound;
    }

    template <class T>
    const T& pick(std::span<const T> from) {
        return from[below(from.size())];
    }

    std::string digits(std::size_t count) {
        std::string text;
        for (std::size_t i = 0; i < count; ++i) text.push_back(static_cast<char>('0' + below(10)));
        return text;
    }

  private:
    std::uint64_t state_;
};

bool is_maghreb(std::string_view country) { return country == "TN" || country == "DZ"; }

std::string latin(const PersonName& name, std::string_view country) {
    return std::string{is_maghreb(country) ? name.maghreb : name.mashriq};
}

/// Seven digits that no other person of the table has, without looking like a counter.
std::string unique_digits(std::uint64_t person) {
    // 7,654,321 and ten million have no common factor, so this is a permutation.
    const std::string digits = std::to_string((person * 7'654'321 + 1'234'567) % 10'000'000);
    return std::string(7 - digits.size(), '0') + digits;
}

std::string national_id(Dice& dice, std::uint64_t number, std::string_view country, CivilDate born,
                        bool female) {
    const std::string year = std::to_string(born.year);
    const std::string unique = unique_digits(number);
    if (country == "TN") return "0" + unique;
    if (country == "LY") return (female ? "2" : "1") + year + unique;
    if (country == "DZ") return "1" + year.substr(1) + dice.digits(7) + unique;
    return (born.year < 2000 ? "2" : "3") + year.substr(2) + dice.digits(4) + unique;  // EG
}

struct Person {
    std::string name_ar, name_latin, town_ar, town_latin, born, id;
};

Person make_person(Dice& dice, std::uint64_t number, std::string_view country) {
    const bool female = dice.below(100) < 54;
    const PersonName& first = dice.pick(female ? female_names() : male_names());
    const PersonName& father = dice.pick(male_names());
    const PersonName& family = dice.pick(family_names(country));
    const PersonName& town = dice.pick(towns(country));
    const std::string of = is_maghreb(country) ? (female ? " بنت " : " بن ") : " ";
    Person person;
    person.name_ar =
        std::string{first.ar} + of + std::string{father.ar} + " " + std::string{family.ar};
    person.name_latin = latin(first, country) + " ";
    if (!is_maghreb(country)) person.name_latin += latin(father, country) + " ";
    person.name_latin += latin(family, country);
    person.town_ar = town.ar;
    person.town_latin = latin(town, country);
    const Day born{static_cast<std::int32_t>(10'957 + dice.below(1'826))};  // 2000–2004
    person.born = to_text(born);
    person.id = national_id(dice, number, country, to_civil(born), female);
    return person;
}

std::string grade_text(std::uint64_t hundredths) {
    std::string part = std::to_string(hundredths % 100);
    if (part.size() < 2) part.insert(0, "0");
    return std::to_string(hundredths / 100) + "." + part;
}

/// The mention that goes with a grade of 20.
std::string_view mention(std::uint64_t hundredths) {
    if (hundredths >= 1600) return "Très bien";
    if (hundredths >= 1400) return "Bien";
    return hundredths >= 1200 ? "Assez bien" : "Passable";
}

constexpr std::string_view kHeadings =
    "institution,serial,student_id,national_id,name_ar,name_latin,birth_date,birth_place_ar,"
    "birth_place_latin,nationality,programme,awarded_on,academic_year,decision,honours,grade,"
    "grade_scale,credits,credit_system,languages\n";

}  // namespace

std::string SandboxInstitution::prefix() const {
    std::string prefix = domain.substr(0, domain.find('.'));
    for (char& c : prefix) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return prefix;
}

SandboxPlan sandbox_plan() {
    const auto json = codec::parse_json(as_bytes(sandbox_institutions_json()));
    ENSURE(json);
    SandboxPlan plan;
    for (const Json& one : member(*json, "states").as_array()) {
        plan.states.push_back(
            {text(one, "country"), titles(one), titles(member(one, "authority"))});
    }
    std::vector<intake::Programme> programmes;
    for (const Json& one : member(*json, "programmes").as_array()) {
        programmes.push_back(
            {text(one, "code"), static_cast<std::uint8_t>(*member(one, "level").get_integer()),
             static_cast<std::uint16_t>(std::stoul(text(one, "field"))), titles(one)});
    }
    for (const Json& one : member(*json, "institutions").as_array()) {
        SandboxInstitution institution{
            text(one, "country"), text(one, "domain"), titles(one), text(one, "legal"), {}};
        for (const Json& code : member(one, "programmes").as_array()) {
            const auto found =
                std::ranges::find(programmes, code.as_string(), &intake::Programme::code);
            ENSURE(found != programmes.end());
            institution.programmes.push_back(*found);
        }
        plan.institutions.push_back(std::move(institution));
    }
    return plan;
}

std::string make_graduates_csv(const SandboxPlan& plan, std::size_t count, std::uint64_t seed,
                               Day awarded_on) {
    Dice dice{seed};
    const std::int32_t year = to_civil(awarded_on).year;
    const std::string academic_year = std::to_string(year - 1) + "-" + std::to_string(year);
    std::vector<std::size_t> numbers(plan.institutions.size(), 0);
    std::string csv{kHeadings};
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t place = i % plan.institutions.size();
        const SandboxInstitution& institution = plan.institutions[place];
        const intake::Programme& programme = dice.pick(std::span{institution.programmes});
        const Person person = make_person(dice, i, institution.country);
        std::string number = std::to_string(++numbers[place]);
        if (number.size() < 5) number.insert(0, 5 - number.size(), '0');
        const std::uint64_t grade = 1000 + dice.below(850);
        const bool french = is_maghreb(institution.country);
        const std::array<std::string, 20> cells{
            institution.domain,
            institution.prefix() + "-" + std::to_string(year) + "-" + number,
            std::to_string(year - 3) + number,
            person.id,
            person.name_ar,
            person.name_latin,
            person.born,
            person.town_ar,
            person.town_latin,
            institution.country,
            programme.code,
            to_text(awarded_on),
            academic_year,
            std::to_string(year) + "/" + std::to_string(100 + place),
            std::string{mention(grade)},
            grade_text(grade),
            "20",
            programme.level == 6 ? "180" : "120",
            french ? "ECTS" : "CH",
            french ? "ar fr" : "ar en"};
        for (std::size_t cell = 0; cell < cells.size(); ++cell) {
            if (cell > 0) csv += ',';
            csv += cells[cell];
        }
        csv += '\n';
    }
    return csv;
}

}  // namespace tasdiq::cli
