#include "intake/earlier_reader.hpp"

#include "intake/cells.hpp"
#include "wire/describe.hpp"

namespace tasdiq::intake {
namespace {

/// `INF-L3`; where no programme is named, level and field.
std::string programme_text(const wire::Terms& terms) {
    if (terms.programme) return *terms.programme;
    return "ISCED " + std::to_string(terms.level) + ", " + wire::to_field_text(terms.field);
}

/// `13 (1), 14 (2)`: members and their accreditations.
std::string awarding_text(const std::vector<wire::Awarding>& awarding) {
    std::string text;
    for (const wire::Awarding& one : awarding) {
        if (!text.empty()) text += ", ";
        text += std::to_string(one.institution.value);
        if (one.accreditation) text += " (" + std::to_string(*one.accreditation) + ")";
    }
    return text;
}

}  // namespace

void EarlierReader::find() {
    if (!relations_) return;
    if (row_.has(Column::kCertificate)) {
        if (!row_.need(Column::kCertificate)) return;
        const auto number =
            row_.optional(Column::kCertificate, read_index, IntakeError::kWholeNumber, index_range);
        if (!number) return;
    }
    const auto found = relations_->earlier.find(row_.line());
    const bool is_known = found != relations_->earlier.end() && found->second.terms;
    if (is_known) {
        earlier_ = &found->second;
        return;
    }
    row_.fault(Column::kCertificate, IntakeError::kEarlierUnknown, {},
               found == relations_->earlier.end()
                   ? row_.cell(Column::kCertificate)
                   : std::to_string(found->second.certificate.value));
}

const wire::Terms* EarlierReader::terms() const {
    return earlier_ == nullptr ? nullptr : &*earlier_->terms;
}

std::optional<wire::Capture> EarlierReader::capture() const {
    if (terms() == nullptr || !takes_terms(relations_->code)) return std::nullopt;
    // However old the award is: it was recorded in its time. A parchment has a date of its own.
    if (!takes_date(relations_->code) && !is_from_register(terms()->capture)) return std::nullopt;
    return terms()->capture;
}

bool EarlierReader::take_awarded_on() {
    const bool may = relations_ && takes_date(relations_->code);
    if (!may || !row_.cell(Column::kAwardedOn).empty()) return false;
    if (terms() != nullptr) row_.record().award.awarded_on = terms()->awarded_on;
    return true;
}

void EarlierReader::adopt() {
    if (terms() == nullptr) return;
    const wire::Terms& terms = *this->terms();
    certificate::Award& award = row_.record().award;
    if (row_.cell(Column::kIntake).empty()) award.intake = terms.intake;
    if (row_.cell(Column::kMode).empty()) award.mode = terms.mode;
    if (row_.cell(Column::kSite).empty()) award.site = terms.site;
    if (!takes_terms(relations_->code)) return;
    if (terms.awarding != relations_->awarding) {
        return row_.fault(Column::kCertificate, IntakeError::kEarlierOthers,
                          awarding_text(terms.awarding),
                          std::to_string(earlier_->certificate.value));
    }

    compare(Column::kIntake, read_day, terms.intake, terms.intake ? to_text(*terms.intake) : "–");
    compare(Column::kMode, read_mode, std::optional{terms.mode},
            std::string{certificate::to_word(terms.mode)});
    compare(Column::kSite, read_number, std::optional<std::uint32_t>{terms.site},
            std::to_string(terms.site));
    if (certificate::is_authoritys(terms.type)) {
        compare(Column::kLevel, read_number, std::optional<std::uint32_t>{terms.level},
                std::to_string(terms.level));
        compare(Column::kField, read_number, std::optional<std::uint32_t>{terms.field},
                wire::to_field_text(terms.field));
    } else {
        adopt_programme(terms);
    }
    award.capture = terms.capture;
    for (const wire::Awarding& one : std::span{terms.awarding}.subspan(1)) {
        award.awarded_with.push_back(one.institution);
    }
    if (takes_date(relations_->code)) {
        adopt_type_and_date(terms);
    } else {
        check_finalised(terms);
    }
}

void EarlierReader::adopt_programme(const wire::Terms& terms) {
    certificate::Award& award = row_.record().award;
    const bool is_same = award.level == terms.level && award.field == terms.field &&
                         (!terms.programme || award.programme == terms.programme);
    // One that is not known has its own fault.
    if (!is_same && award.programme) {
        row_.fault(Column::kProgramme, IntakeError::kEarlierDiffers, programme_text(terms));
    }
    award.programme = terms.programme;
}

void EarlierReader::adopt_type_and_date(const wire::Terms& terms) {
    if (type_ && *type_ != terms.type) {
        row_.fault(Column::kCertificate, IntakeError::kEarlierType,
                   std::string{certificate::to_word(terms.type)},
                   std::to_string(earlier_->certificate.value));
    }
    row_.record().award.type = terms.type;
    // Acts may have one day for both.
    const bool has_own = !row_.cell(Column::kAwardedOn).empty();
    compare(has_own ? Column::kAwardedOn : Column::kDate, read_day, std::optional{terms.awarded_on},
            to_text(terms.awarded_on));
}

void EarlierReader::check_finalised(const wire::Terms& terms) {
    const auto day = read_day(row_.cell(Column::kAwardedOn));
    if (terms.type != wire::CertificateType::kProvisional) {
        row_.fault(Column::kCertificate, IntakeError::kNotProvisional,
                   std::string{certificate::to_word(terms.type)},
                   std::to_string(earlier_->certificate.value));
    } else if (day && *day < terms.awarded_on) {
        row_.fault(Column::kAwardedOn, IntakeError::kBeforeProvisional, to_text(terms.awarded_on));
    }
}

std::optional<Graduate> EarlierReader::finish() {
    auto graduate = row_.finish();
    if (graduate && earlier_ != nullptr) {
        graduate->relation = wire::Relation{relations_->code, earlier_->certificate};
    }
    return graduate;
}

}  // namespace tasdiq::intake
