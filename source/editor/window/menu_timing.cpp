#include "editor/window/menu_timing.h"

#include <QApplication>
#include <QCursor>
#include <QMenuBar>
#include <QProxyStyle>
#include <QStyleFactory>
#include <QToolButton>

#include "editor/preferences/current.h"

namespace kiln::editor {
namespace {

// Menus in menus wait as long as the preferences say.
class TimedStyle : public QProxyStyle {
public:
  explicit TimedStyle(const Session& session)
      : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))), session_(session) {}
  int styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                QStyleHintReturn* data) const override {
    return hint == SH_Menu_SubMenuPopupDelay
               ? 100 * current_preferences(session_).view.open_sublevel_delay
               : QProxyStyle::styleHint(hint, option, widget, data);
  }

private:
  const Session& session_;
};

}  // namespace

MenuTiming::MenuTiming(const Session& session) : session_(session) {
  timer_.setSingleShot(true);
  connect(&timer_, &QTimer::timeout, this, &MenuTiming::open);
  qApp->setStyle(new TimedStyle(session));
  qApp->installEventFilter(this);
}

// The style asks the session, which ends before the application.
MenuTiming::~MenuTiming() {
  qApp->setStyle(QStringLiteral("Fusion"));
}

bool MenuTiming::eventFilter(QObject* watched, QEvent* event) {
  switch (event->type()) {
    case QEvent::Enter:
      if (auto* button = qobject_cast<QToolButton*>(watched);
          button && button->menu() && button->popupMode() == QToolButton::InstantPopup) {
        wait_at(button, nullptr);
      } else if (auto* bar = qobject_cast<QMenuBar*>(watched)) {
        wait_at(nullptr, bar);
      }
      break;
    case QEvent::Leave:
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
      timer_.stop();
      break;
    default:
      break;
  }
  return QObject::eventFilter(watched, event);
}

void MenuTiming::wait_at(QToolButton* button, QMenuBar* bar) {
  const PreferencesView& chosen = current_preferences(session_).view;
  if (chosen.use_mouse_over_open && QApplication::mouseButtons() == Qt::NoButton) {
    button_ = button;
    bar_ = bar;
    timer_.start(100 * chosen.open_toplevel_delay);
  }
}

void MenuTiming::open() {
  if (QApplication::activePopupWidget()) {
    return;
  }
  if (button_ && button_->isEnabled() && button_->underMouse()) {
    button_->showMenu();
  } else if (bar_) {
    if (QAction* under = bar_->actionAt(bar_->mapFromGlobal(QCursor::pos()))) {
      bar_->setActiveAction(under);
    }
  }
}

}  // namespace kiln::editor
