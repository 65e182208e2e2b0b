#pragma once

#include <QFileIconProvider>
#include <QHash>
#include <QMutex>
#include <QObject>
#include <QThreadPool>
#include <functional>

namespace kiln::editor {

/// Small pictures of picture files and documents, made on threads of their own and remembered by path and time.
class Thumbnails : public QObject, public QFileIconProvider {
  Q_OBJECT
public:
  /// `changed` is called, in the thread of this object, when there are new ones.
  explicit Thumbnails(std::function<void()> changed);
  ~Thumbnails() override;

  /// The small picture where there is one already, else the icon of its type, and the picture is
  /// made. Pictures above 256 MB and folders keep their icons.
  QIcon icon(const QFileInfo& file) const override;
  using QFileIconProvider::icon;

private:
  void make(const QString& path, const QString& key) const;
  std::function<void()> changed_;
  mutable QMutex mutex_;                ///< guards `made_`: dialogs ask from threads of their own
  mutable QHash<QString, QIcon> made_;  ///< null while it is made or where it cannot be
  mutable QThreadPool threads_;
};

}  // namespace kiln::editor
