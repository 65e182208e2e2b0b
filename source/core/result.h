#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "core/assert.h"

namespace kiln {

using Path = std::filesystem::path;

/// What went wrong, for the user: a full sentence fragment that names the file, data-block,
/// property and way out.
struct Error {
  enum class Kind {
    Unreadable,   ///< a file or folder cannot be opened, read or written
    Malformed,    ///< data that does not follow its format
    Unsupported,  ///< well-formed, but Kiln cannot do it
    Invalid,      ///< an argument or setting outside of what is accepted
    Cancelled,    ///< the user stopped it
  };
  Kind kind = Kind::Invalid;
  std::string message;

  static Error unreadable(const Path& path, const std::string& what) {
    return {Kind::Unreadable, fmt::format("\"{}\": {}", path.string(), what)};
  }
  template <typename... Args>
  static Error malformed(const Path& path, fmt::format_string<Args...> format, Args&&... args) {
    return {Kind::Malformed, fmt::format("\"{}\": {}", path.string(),
                                         fmt::format(format, std::forward<Args>(args)...))};
  }
  template <typename... Args>
  static Error invalid(fmt::format_string<Args...> format, Args&&... args) {
    return {Kind::Invalid, fmt::format(format, std::forward<Args>(args)...)};
  }
  template <typename... Args>
  static Error unsupported(fmt::format_string<Args...> format, Args&&... args) {
    return {Kind::Unsupported, fmt::format(format, std::forward<Args>(args)...)};
  }
  static Error cancelled() { return {Kind::Cancelled, "cancelled"}; }
};

/// A value, or the reason why there is none.
template <typename T>
class [[nodiscard]] Result {
public:
  Result(T value) : value_(std::move(value)) {}
  Result(Error error) : error_(std::move(error)) {}

  explicit operator bool() const { return value_.has_value(); }
  T& value() {
    KILN_ASSERT(value_);
    return *value_;
  }
  const T& value() const {
    KILN_ASSERT(value_);
    return *value_;
  }
  T& operator*() { return value(); }
  const T& operator*() const { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const Error& error() const {
    KILN_ASSERT(!value_);
    return error_;
  }

private:
  std::optional<T> value_;
  Error error_;
};

/// Success, or the reason of the failure.
template <>
class [[nodiscard]] Result<void> {
public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  explicit operator bool() const { return !error_; }
  const Error& error() const { return *error_; }

private:
  std::optional<Error> error_;
};

}  // namespace kiln
