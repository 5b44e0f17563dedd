// error: enumeration value 'kWorse' not handled in switch
enum class Error { kBad = 1, kWorse = 2 };

const char* to_string(Error error) {
    switch (error) {
        case Error::kBad: return "bad";
    }
    return "";
}
