import {createContext, useContext} from 'react';
import {createTheme, type Theme} from '../theme.js';

export const ThemeContext = createContext<Theme>(createTheme({hasColour: true, hasUnicode: true}));

export const useTheme = (): Theme => useContext(ThemeContext);
