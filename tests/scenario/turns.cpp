#include <stdexcept>

#include "script.hpp"

// Rows that are played over and over, a little otherwise each time.
namespace tasdiq::scenario {
namespace {

/// `dean#2..13`: dean#2, dean#3, … dean#13.
std::vector<std::string> numbered(const std::string& word) {
    const auto sign = word.find('#');
    const auto dots = word.find("..", sign);
    if (sign == std::string::npos || dots == std::string::npos) return {word};
    const auto first = std::stoul(word.substr(sign + 1));
    const auto last = std::stoul(word.substr(dots + 2));
    std::vector<std::string> all;
    for (auto number = first; number <= last; ++number) {
        all.push_back(word.substr(0, sign + 1) + std::to_string(number));
    }
    return all;
}

/// `suspend/reinstate` one after the other, or what is numbered.
std::vector<std::string> choices(const std::string& word) {
    return word.find('/') == std::string::npos ? numbered(word) : split(word, "/");
}

/// All pairs of them, each once.
std::vector<std::string> pairs_of(const std::vector<std::string>& all) {
    std::vector<std::string> pairs;
    for (auto one = all.begin(); one != all.end(); ++one) {
        for (auto other = one + 1; other != all.end(); ++other) {
            pairs.push_back(*one + " " + *other);
        }
    }
    return pairs;
}

/// Takes the word at `word`; of `two of dean#2..13` all three.
std::vector<std::string> take_choices(const std::vector<std::string>& text, std::size_t& word) {
    if (text[word] != "two" || word + 2 >= text.size()) return choices(text[word++]);
    word += 3;
    return pairs_of(numbered(text[word - 1]));
}

/// Throws std::runtime_error where there is a choice and only one turn.
std::string at_turn(const std::string& cell, std::size_t turn, std::size_t turns) {
    std::string text;
    const auto all = words(cell);
    for (std::size_t word = 0; word < all.size();) {
        const auto some = take_choices(all, word);
        if (turns == 1 && some.size() > 1) throw std::runtime_error{cell + ": how many times?"};
        text += (text.empty() ? "" : " ") + some.at(turn % some.size());
    }
    return text;
}

}  // namespace

std::vector<Row> turns_of(const Row& row) {
    std::vector<Row> turns(std::stoul(row.get("times", "1")), row);
    for (std::size_t turn = 0; turn < turns.size(); ++turn) {
        for (const std::string column : {"does", "signed by"}) {
            turns[turn].cells[column] = at_turn(row.get(column), turn, turns.size());
        }
    }
    return turns;
}

}  // namespace tasdiq::scenario
