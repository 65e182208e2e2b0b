#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace kiln {

/// One SQLite database, closed when it goes.
class Database {
public:
  static Result<Database> open(const Path& path, bool is_writable, bool is_created);
  Database(Database&& other) noexcept;
  Database& operator=(Database&& other) noexcept;
  ~Database();

  Result<void> run(const char* sql);
  Error error(std::string_view doing) const;

  /// A prepared statement: bind values in order, step through rows, reset to use again.
  class Statement {
  public:
    Statement(const Database& database, const char* sql);
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    bool is_good() const { return statement_ != nullptr; }
    Statement& bind(std::string_view text);
    Statement& bind(std::int64_t number);
    Statement& bind_bytes(std::string_view bytes);
    /// True while there is a row. Errors end the rows; `failed()` tells.
    bool step();
    /// Runs to the end and resets.
    Result<void> finish();
    bool failed() const { return failed_; }
    std::string text(int column) const;
    std::string_view bytes(int column) const;  ///< valid until the next step
    std::int64_t number(int column) const;

  private:
    const Database& database_;
    sqlite3_stmt* statement_ = nullptr;
    int next_ = 1;
    bool failed_ = false;
  };

private:
  Database(sqlite3* database, Path path) : database_(database), path_(std::move(path)) {}
  sqlite3* database_ = nullptr;
  Path path_;
};

}  // namespace kiln
