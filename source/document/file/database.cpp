#include "document/file/database.h"

#include <sqlite3.h>

namespace kiln {

Result<Database> Database::open(const Path& path, bool is_writable, bool is_created) {
  sqlite3* handle = nullptr;
  const int flags = (is_writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) |
                    (is_created ? SQLITE_OPEN_CREATE : 0);
  const int status = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  if (status != SQLITE_OK) {
    const std::string why = handle ? sqlite3_errmsg(handle) : "out of memory";
    sqlite3_close(handle);
    return Error::unreadable(path, "cannot be opened: " + why);
  }
  sqlite3_busy_timeout(handle, 5000);
  // Files are hostile: nothing in their schema may run code, and no cell may be larger than what is
  // ever written.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  return Database(handle, path);
}

Database::Database(Database&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)), path_(std::move(other.path_)) {}
Database& Database::operator=(Database&& other) noexcept {
  std::swap(database_, other.database_);
  std::swap(path_, other.path_);
  return *this;
}
Database::~Database() {
  sqlite3_close(database_);
}

Error Database::error(std::string_view doing) const {
  return Error::unreadable(path_, fmt::format("{}: {}", doing, sqlite3_errmsg(database_)));
}

Result<void> Database::run(const char* sql) {
  if (sqlite3_exec(database_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
    return error("cannot be written");
  }
  return {};
}

Database::Statement::Statement(const Database& database, const char* sql) : database_(database) {
  failed_ = sqlite3_prepare_v2(database.database_, sql, -1, &statement_, nullptr) != SQLITE_OK;
}
Database::Statement::~Statement() {
  sqlite3_finalize(statement_);
}

Database::Statement& Database::Statement::bind(std::string_view text) {
  sqlite3_bind_text(statement_, next_++, text.data(), int(text.size()), SQLITE_TRANSIENT);
  return *this;
}
Database::Statement& Database::Statement::bind(std::int64_t number) {
  sqlite3_bind_int64(statement_, next_++, number);
  return *this;
}
Database::Statement& Database::Statement::bind_bytes(std::string_view bytes) {
  sqlite3_bind_blob64(statement_, next_++, bytes.data(), bytes.size(), SQLITE_TRANSIENT);
  return *this;
}

bool Database::Statement::step() {
  const int status = statement_ ? sqlite3_step(statement_) : SQLITE_ERROR;
  failed_ = failed_ || (status != SQLITE_ROW && status != SQLITE_DONE);
  return status == SQLITE_ROW;
}

Result<void> Database::Statement::finish() {
  while (step()) {
  }
  if (!statement_) {
    return database_.error("cannot be used");
  }
  const bool bad = failed_;
  const Error why = bad ? database_.error("cannot be written") : Error();
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  next_ = 1;
  failed_ = false;
  if (bad) {
    return why;
  }
  return {};
}

std::string Database::Statement::text(int column) const {
  return std::string(bytes(column));
}

std::string_view Database::Statement::bytes(int column) const {
  const void* data = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return {static_cast<const char*>(data), data ? std::size_t(size) : 0};
}

std::int64_t Database::Statement::number(int column) const {
  return sqlite3_column_int64(statement_, column);
}

}  // namespace kiln
