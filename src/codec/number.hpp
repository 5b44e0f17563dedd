#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tasdiq::codec {

/// Writes the shortest text that reads back as `value` at the end of `to`, by the rules of
/// ECMAScript
/// (`1e+21`, `1e-7`, `100`, `0.000001`). -0 becomes `0`. `value` must be finite.
/// Spec: ECMA-262, Number::toString with radix 10; RFC 8785 §3.2.2.3.
void append_ecmascript(std::string& to, double value);
[[nodiscard]] std::string to_ecmascript(double value);

/// The canonical text of an xsd:double as JSON-LD writes it: sixteen significant digits (a tie goes
/// up), without trailing zeros, one digit before the point and at least one behind it (`1.0E0`,
/// `5.3E-1`; either zero is `0.0E0`). `value` must be finite. Spec: JSON-LD 1.1 API, "Data Round
/// Tripping".
[[nodiscard]] std::string to_xsd_double(double value);

/// The double nearest to a decimal text, ties to even; infinite where it is too large, zero where
/// too small. Nothing unless `text` is `[+-]? digits [. digits]? ([eE] [+-]? digits)?`, with digits
/// on both sides of a point. Cost: linear; texts of up to 15 digits with small exponents need no
/// long arithmetic.
[[nodiscard]] std::optional<double> parse_double(std::string_view text);

}  // namespace tasdiq::codec
